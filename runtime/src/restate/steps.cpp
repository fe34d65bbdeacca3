#include "runtime/src/restate/steps.h"

#include <string>

#include "pflow/node.hpp"
#include "pflow/timer.h"
#include "runtime/src/recorder/listener.h"
#include "runtime/src/restate/kept.h"
#include "runtime/src/restate/outcomes.h"
#include "runtime/src/running/frame.h"

namespace pflow::restate {
namespace {

Journal* (*g_journal_of)(pf_frame* frame);

// ---- waiting for the server

void end(pf_call& call) { pf_complete(&call, kept_of(call).status); }

/// What was cancelled has failed, however it ended.
void cancel_wait(pf_call* call) {
  kept_of(*call).entry->waits = nullptr;
  end(*call);
}

void await(Kept& kept, pf_call& call, pf_status status) {
  kept.is_told = true;
  kept.status = status;
  kept.entry->waits = &call;
  kept.entry->came = end;
  call.cancel = cancel_wait;
  set_running(kept, false);
}

int64_t first_duration(const rt::Step& step) {
  const auto* port = static_cast<const char*>(step.in) + step.node->ports[0].offset;
  return *reinterpret_cast<const int64_t*>(port);
}

/// A node that does nothing but wait for the time of its only port; it refuses a negative one
/// itself.
bool is_sleep(const rt::Step& step) {
  const pf_node& node = *step.node;
  return std::string_view(node.effects) == "time" && node.output_count == 0 &&
         node.port_count == 1 && node.ports[0].type->kind == PF_DURATION &&
         first_duration(step) >= 0;
}

void sleep(Kept& kept, rt::Step& step, bool is_new) {
  constexpr int64_t kMillisecond = 1'000'000;
  const int64_t due = step.began + first_duration(step);
  if (is_new)
    kept.journal.send(sleep_command(view(kept.key.text()), kept.entry->completion,
                                    static_cast<uint64_t>(due / kMillisecond)));
  await(kept, *step.call, PF_DONE);
}

// ---- the listener

bool has_same_arguments(const Entry& entry, const rt::StepKey& key) {
  return view(arguments_of(literal(entry.value))) == key.args;
}

/// The invocation stops here: another version of the program made its journal.
rt::Answer refuse(Journal& journal, rt::Step& step, rt::StepKey& key) {
  const std::string name(view(key.text()));
  pf_fail(step.call, PF_E_CANCELLED, "the invocation does not fit the program");
  journal.give_up(570,
                  "what `" + std::string(step.node->name) + "` has given at `" + name +
                      "` was for other arguments: register a changed program as a deployment "
                      "of its own, for invocations to come",
                  name);
  return rt::Answer::Failed;
}

rt::Answer answer_known(Journal& journal, rt::Step& step, rt::StepKey& key, const Entry& entry,
                        void* out) {
  if (is_sleep(step)) return rt::Answer::Done;
  if (!has_same_arguments(entry, key)) return refuse(journal, step, key);
  const rt::Answer answer = take_outcome(literal(entry.value), step, out);
  return answer == rt::Answer::None ? refuse(journal, step, key) : answer;
}

rt::Answer answers(rt::Step& step, int number, void* out) {
  Journal* journal = g_journal_of(step.call->frame ? step.call->frame : rt::running_frame());
  if (!journal || !may_be_kept(step)) return rt::Answer::None;
  rt::StepKey& key = *journal->keys().make(step);
  Entry* entry = journal->entries().find(view(key.text()));
  if (entry && entry->is_known) {
    const rt::Answer answer = answer_known(*journal, step, key, *entry, out);
    journal->keys().give_back(&key);
    return answer;
  }
  const bool is_new = !entry;
  if (is_new) entry = &journal->entries().make(view(key.text()));
  auto* kept = new Kept{*journal, key, entry};
  step.kept[number] = kept;
  if (is_sleep(step) && step.call->frame) {
    sleep(*kept, step, is_new);
    return rt::Answer::Later;
  }
  if (is_new) journal->send(run_command(view(key.text()), entry->completion));
  set_running(*kept, true);
  return rt::Answer::None;
}

bool tell(Kept& kept, const rt::Step& step, pf_status status) {
  rt::Buffer json;
  kept.is_told = true;
  if (!add_outcome(json, step, kept.key.args, status)) return false;
  kept.journal.send(run_completion(kept.entry->completion, view(json.text())));
  return true;
}

bool holds(rt::Step& step, int number, pf_status status) {
  auto* kept = static_cast<Kept*>(step.kept[number]);
  if (!kept || kept->is_told || !tell(*kept, step, status)) return false;
  await(*kept, *step.call, status);
  return true;
}

void step_ended(rt::Step& step, int number, pf_status status) {
  auto* kept = static_cast<Kept*>(step.kept[number]);
  if (!kept) return;
  if (!kept->is_told) (void)tell(*kept, step, status);  // one that cannot wait
  set_running(*kept, false);
  kept->journal.keys().give_back(&kept->key);
  delete kept;
}

void tries_again(const pf_site*, const rt::Failure&, int64_t, int64_t wait) {
  keep_busy_until(pf_clock() + wait);
}

constexpr rt::Listener kSteps = {
    .answers = answers, .holds = holds, .step_ended = step_ended, .tries_again = tries_again};

}  // namespace

void listen_to_steps(Journal* (*journal_of)(pf_frame* frame)) {
  g_journal_of = journal_of;
  keep_under(rt::listen(kSteps));
}

}  // namespace pflow::restate
