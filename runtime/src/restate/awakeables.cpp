#include "runtime/src/restate/awakeables.h"

#include <unistd.h>

#include <algorithm>

#include "pflow/node.hpp"
#include "runtime/src/descriptors/descriptors.h"
#include "runtime/src/journal/recorded.h"
#include "runtime/src/recorder/record_fields.h"
#include "runtime/src/restate/kept.h"
#include "runtime/src/running/wait_host.h"

namespace pflow::restate {
namespace {

constexpr int64_t kMillisecond = 1'000'000;
/// Behind the name of a step: the timer that ends its wait.
constexpr const char* kDeadline = " deadline";

std::string name_of(const Kept& kept, const char* what) {
  return std::string(view(kept.key.text())) + what;
}

/// Who looks at the invocation in the server finds the id here.
std::string described(const Journal& journal, const pf_waiting& waiting, uint32_t signal,
                      int64_t began) {
  rt::Buffer json;
  json.add("{\"awakeable\":");
  rt::add_json_string(json, literal(awakeable_id(journal.start().id, signal)));
  rt::add_text(json, "waits_for", waiting.name);
  if (waiting.shown.len != 0) rt::add_text(json, "question", waiting.shown);
  rt::add_number(json, "signal", signal);
  rt::add_number(json, "began", began);
  json.add('}');
  return std::string(view(json.text()));
}

std::string told_of(const Journal& journal, const pf_waiting& waiting, uint32_t signal) {
  std::string told = journal.start().debug_id + " waits for " + std::string(view(waiting.name));
  if (waiting.shown.len != 0) told += ": " + std::string(view(waiting.shown));
  return told + "\n  " + awakeable_id(journal.start().id, signal) + "\n";
}

/// An answer may come as JSON or as it is.
std::string_view plain(std::string_view answer) {
  const bool is_json = answer.size() >= 2 && answer.front() == '"' && answer.back() == '"';
  return is_json ? answer.substr(1, answer.size() - 2) : answer;
}

void entry_is_known(pf_call& call) { kept_of(call).journal.awakeables().tell(call); }
void deadline_came(pf_call& call) { kept_of(call).journal.awakeables().is_late(call); }

}  // namespace

void Awakeables::recall(std::string_view value) {
  const auto signal = static_cast<uint32_t>(rt::json_int_member(literal(value), "signal"));
  next_ = std::max(next_, signal + 1);
}

void Awakeables::came(Notification news) {
  const uint32_t signal = news.signal;
  known_[signal] = std::move(news);
  if (waits_.contains(signal)) give(signal, &known_[signal]);
}

std::vector<uint32_t> Awakeables::awaited() const {
  std::vector<uint32_t> signals;
  for (const auto& [signal, wait] : waits_) signals.push_back(signal);
  return signals;
}

/// That of the attempt in which it was waited for first.
uint32_t Awakeables::number_of(Journal& journal, pf_waiting& waiting, int64_t& began) {
  const std::string name = name_of(kept_of(*waiting.call), kAwakeable);
  Entry* entry = journal.entries().find(name);
  if (entry && entry->is_known) {
    began = rt::json_int_member(literal(entry->value), "began");
    return static_cast<uint32_t>(rt::json_int_member(literal(entry->value), "signal"));
  }
  if (!entry) {
    entry = &journal.entries().make(name);
    journal.send(run_command(name, entry->completion));
  }
  entry->waits = waiting.call;
  entry->came = entry_is_known;
  const uint32_t signal = next_++;
  journal.send(run_completion(entry->completion, described(journal, waiting, signal, began)));
  return signal;
}

void Awakeables::begin(Journal& journal, pf_waiting& waiting) {
  int64_t began = pf_wall_clock() / kMillisecond;
  const uint32_t signal = number_of(journal, waiting, began);
  waits_[signal] = {&waiting, told_of(journal, waiting, signal)};
  set_running(kept_of(*waiting.call), false);
  if (const auto found = known_.find(signal); found != known_.end())
    return give(signal, &found->second);
  pf_timer_start(&soon_.timer, 0, [](pf_timer* timer) {
    reinterpret_cast<Soon*>(timer)->awakeables->let_others_pass();
  });
  if (waiting.deadline >= 0) await_deadline(journal, waiting, began);
}

/// An answer may take days: the items behind one that waits need not.
void Awakeables::let_others_pass() {
  std::vector<pf_waiting*> waiting;
  for (const auto& [signal, wait] : waits_) waiting.push_back(wait.waiting);
  for (pf_waiting* at : waiting) rt::let_pass(*at);
}

void Awakeables::await_deadline(Journal& journal, pf_waiting& waiting, int64_t began) {
  const std::string name = name_of(kept_of(*waiting.call), kDeadline);
  Entry* entry = journal.entries().find(name);
  if (entry && entry->is_known) return is_late(*waiting.call);
  if (!entry) {
    entry = &journal.entries().make(name);
    const int64_t due = began + waiting.deadline / kMillisecond;
    journal.send(sleep_command(name, entry->completion, static_cast<uint64_t>(due)));
  }
  entry->waits = waiting.call;
  entry->came = deadline_came;
}

/// Null: its deadline has come.
void Awakeables::give(uint32_t signal, const Notification* news) {
  pf_waiting& waiting = *waits_[signal].waiting;
  pf_call& call = *waiting.call;
  const bool is_answer = waiting.kind == PF_WAITS_ANSWER;
  end(waiting);
  if (news && news->failed) {
    (void)waiting.take(&waiting, nullptr);
    pf_fail(&call, PF_E_VALUE, "it was rejected: %s", news->value.c_str());
    return pf_complete(&call, PF_FAILED);
  }
  const pf_str given = literal(!news       ? std::string_view()
                               : is_answer ? plain(news->value)
                                           : std::string_view(news->value));
  pf_complete(&call, waiting.take(&waiting, news ? &given : nullptr));
}

void Awakeables::end(const pf_waiting& waiting) {
  const Kept& kept = kept_of(*waiting.call);
  waits_.erase(find(*waiting.call));
  for (const char* what : {kAwakeable, kDeadline})
    if (Entry* entry = kept.journal.entries().find(name_of(kept, what))) entry->waits = nullptr;
}

uint32_t Awakeables::find(const pf_call& call) const {
  for (const auto& [signal, wait] : waits_)
    if (wait.waiting->call == &call) return signal;
  return 0;
}

void Awakeables::is_late(const pf_call& call) {
  if (const uint32_t signal = find(call); signal != 0) give(signal, nullptr);
}

void Awakeables::tell(const pf_call& call) const {
  const auto found = waits_.find(find(call));
  if (found == waits_.end()) return;
  rt::write_all(STDERR_FILENO, found->second.told.data(), found->second.told.size());
}

void host_awakeables() {
  static constexpr rt::WaitHost kHost = {
      [](pf_waiting& waiting) {
        if (waiting.kind == PF_WAITS_BATCH || !is_kept(*waiting.call)) return false;
        Journal& journal = kept_of(*waiting.call).journal;
        journal.awakeables().begin(journal, waiting);
        return true;
      },
      [](pf_waiting& waiting) { kept_of(*waiting.call).journal.awakeables().end(waiting); }};
  rt::host_waits(kHost);
}

}  // namespace pflow::restate
