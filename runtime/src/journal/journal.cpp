// --journal: what a run does, kept so that another can go on with it. What the journal knows a step
// has given is the answer to that step.
#include "runtime/src/journal/journal.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <algorithm>
#include <new>

#include "pflow/timer.h"
#include "pflow/watch.h"
#include "runtime/src/cleanup/temp_files.h"
#include "runtime/src/descriptors/descriptors.h"
#include "runtime/src/failures/failure.h"
#include "runtime/src/failures/report.h"
#include "runtime/src/journal/doubt.h"
#include "runtime/src/journal/inputs.h"
#include "runtime/src/journal/lookups.h"
#include "runtime/src/journal/plan.h"
#include "runtime/src/journal/resume.h"
#include "runtime/src/journal/settings.h"
#include "runtime/src/journal/step_key.h"
#include "runtime/src/journal/step_values.h"
#include "runtime/src/recorder/listener.h"
#include "runtime/src/recorder/place.h"
#include "runtime/src/recorder/record_fields.h"
#include "runtime/src/recorder/record_file.h"
#include "runtime/src/recorder/used_json.h"
#include "runtime/src/running/waits.h"
#include "runtime/src/values/memory.h"
#include "runtime/src/watching/shown_value.h"

namespace pflow::rt {
namespace {

constexpr int64_t kMillisecond = 1'000'000;

struct Journal {
  RecordFile file;
  Buffer path;
  Buffer id;
  StepKeys keys;
  Buffer result;       ///< the record at hand; kept for its room
  Row<char*> actions;  ///< those that answers have chosen
  int number;          ///< of the listener
};
Journal* g_journal;

/// The run stops here: it can go on later, with what stands in the journal.
[[noreturn]] void stop_run(const pf_site* site, pf_error_kind kind, Buffer& message,
                           const char* help) {
  print_report({kind, site, message.text(), view(help)});
  exit_now(1);
}

void check(bool written) {
  if (written) return;
  Buffer message;
  message.format("cannot write the journal `%s`: %s", g_journal->path.c_str(), strerror(errno));
  stop_run(nullptr, PF_E_IO, message, "when there is room, `--resume` goes on with the run");
}

void write(Buffer& record) { check(g_journal->file.write(record)); }
void sync_for(Sync least) {
  if (journal_settings().sync >= least) check(g_journal->file.sync());
}

// ---- steps -------------------------------------------------------------------------------------

bool changes_something(const char* effects) {
  return strstr(effects, "process") || strstr(effects, "net") || strstr(effects, "fs.write");
}

/// The function takes the struct of its own ports.
[[clang::no_sanitize("function")]] bool is_repeatable(const Step& step) {
  if (!changes_something(step.node->effects)) return true;
  return step.node->repeatable && step.node->repeatable(step.in);
}

void begin_step_record(Buffer& json, const char* type, const Step& step, StepKey& key) {
  begin_record(json, type);
  add_name(json, "key");
  json.add(key.json.text());
  add_text(json, "node", view(step.node->name));
  add_text(json, "args", view(key.args));
  add_number(json, "attempt", attempt_of(*step.call));
  add_number(json, "began", (step.began - step.waited) / kMillisecond);
}

/// What becomes of the step when nobody knows whether it was done.
Doubt doubt_of(const Step& step) {
  const int64_t said = in_doubt_of(*step.call);
  if (said >= 0) return static_cast<Doubt>(said);
  return is_repeatable(step) ? Doubt::Again : Doubt::Fail;
}

/// Of steps that may not be done twice, and of waits, which go on where they were.
void write_intent(const Step& step, StepKey& key) {
  constexpr size_t kMostShown = 200;
  const Doubt doubt = doubt_of(step);
  const bool repeatable = doubt == Doubt::Again;
  if (repeatable && !strstr(step.node->effects, "time")) return;
  Buffer json;
  begin_step_record(json, "intent", step, key);
  if (repeatable) {
    json.add(",\"repeatable\":true");
  } else {
    if (doubt == Doubt::Ask) json.add(",\"ask\":true");
    json.add(",\"in\":");
    add_shown_ports(json, step.node->ports, step.node->port_count,
                    static_cast<const char*>(step.in), kMostShown);
  }
  write(json);
  if (!repeatable) sync_for(Sync::Effects);
}

const char* lasting(pf_str action) {
  if (action.len == 0) return nullptr;
  for (char* known : g_journal->actions)
    if (strlen(known) == action.len && memcmp(known, action.data, action.len) == 0) return known;
  auto* copy = static_cast<char*>(allocate_zeroed(action.len + 1));
  memcpy(copy, action.data, action.len);
  return g_journal->actions.add(copy);
}

/// The result of a stage that failed and was tried again, with the key of that try; null: it has
/// none, and the key is that of a try which had begun, else it stays.
const RecordedResult* find_later_try(StepKey& key) {
  const Recorded& recorded = resumed()->recorded;
  const int64_t first = key.times;
  const pf_str args = view(key.args);
  while (recorded.has_failed(key.text())) {
    g_journal->keys.move(key, key.times + 1);
    const RecordedResult* found = recorded.result(key.text());
    if (found && pf_str_equal(&found->args, &args)) return found;
    if (!found && recorded.began(key.text()) != 0) return nullptr;
    if (found) break;  // it was come to again, with others
  }
  g_journal->keys.move(key, first);
  return nullptr;
}

/// The result of the step in the run before; null: it has none.
const RecordedResult* find_result(const Step& step, StepKey& key) {
  const RecordedResult* found = resumed()->recorded.result(key.text());
  if (!found) found = find_later_try(key);
  if (!found) return nullptr;
  const pf_str args = view(key.args);
  if (pf_str_equal(&found->args, &args) || journal_settings().keeps_results) return found;
  Buffer message;
  message.format("the arguments of `%s` are others than in the run that goes on", step.node->name);
  stop_run(step.call->site, PF_E_CONFIG, message,
           "`--keep-results` takes what it gave then, `--resume-from STAGE` begins again there");
}

void take_result(Step& step, const RecordedResult& result, void* out) {
  if (!take_outputs(result.out, *step.node, out)) {
    Buffer message;
    message.format("what `%s` gave in the run that goes on does not fit", step.node->name);
    stop_run(step.call->site, PF_E_CONFIG, message, "`--resume-from STAGE` begins again there");
  }
  step.call->action = lasting(result.action);
}

Answer answers(Step& step, int number, void* out) {
  StepKey* key = g_journal->keys.make(step);
  if (resumed()) {
    if (const RecordedResult* result = find_result(step, *key)) {
      g_journal->keys.give_back(key);
      take_result(step, *result, out);
      return Answer::Done;
    }
    if (int64_t began = resumed()->recorded.began(key->text()); began != 0)
      step.waited = std::max<int64_t>(0, step.began - began * kMillisecond);
  }
  step.kept[number] = key;
  write_intent(step, *key);
  return Answer::None;
}

void add_outcome(Buffer& json, const Step& step, pf_status status) {
  if (status == PF_FAILED) {
    const auto* failure = static_cast<const Failure*>(step.call->error);
    json.format(",\"error\":{\"kind\":\"%s\"", failure ? kind_name(failure->kind) : "internal");
    add_name(json, "message");
    add_shown_text(json, failure ? failure->message : pf_str{}, 500);
    return json.add('}');
  }
  if (step.call->action) add_text(json, "action", view(step.call->action));
  const size_t begin = json.size();
  add_name(json, "out");
  if (const char* problem = add_outputs(json, *step.node, step.out)) {
    json.cut(begin);
    add_text(json, "not_kept", view(problem));
  }
}

void step_ended(Step& step, int number, pf_status status) {
  auto* key = static_cast<StepKey*>(step.kept[number]);
  if (!key) return;  // answered
  Buffer& json = g_journal->result;
  json.clear();
  begin_step_record(json, "result", step, *key);
  add_number(json, "ms", (pf_clock() - step.started) / kMillisecond);
  if (step.questions != 0) {
    json.add(",\"usage\":{");
    add_used_json(json, step.used);
    json.add('}');
  }
  add_outcome(json, step, status);
  write(json);
  g_journal->keys.give_back(key);
}

void cache_looked(const CacheLookup& lookup) {
  if (lookup.answer == CacheAnswer::NotKept) return;
  Buffer json;
  add_lookup(json, lookup);
  write(json);
}

// ---- the run ------------------------------------------------------------------------------------

void end_run(int exit_code) {
  Buffer json;
  begin_record(json, "end");
  add_number(json, "exit_code", exit_code);
  write(json);
  sync_for(Sync::End);
  if (exit_code == 0 || exit_code == kWaiting || pf_quiet()) return;
  Buffer line;
  line.format("`--resume %s` goes on with this run\n", journal_name());
  write_all(STDERR_FILENO, line.data(), line.size());
}

constexpr Listener kJournal = {.answers = answers,
                               .step_ended = step_ended,
                               .recalls = recalls_lookup,
                               .cache_looked = cache_looked,
                               .asks_why = true,
                               .end_run = end_run};

/// The plan as an object of hashes by site.
void add_plan(Buffer& json, const char* plan) {
  PlanLine line;
  json.add('{');
  for (bool first = true; next_plan_line(plan, line); first = false) {
    if (!first) json.add(',');
    add_json_string(json, line.site);
    json.add(':');
    add_json_string(json, line.hash);
  }
  json.add('}');
}

void write_run(const pf_program& program, const void* params, pf_str id) {
  Buffer json;
  begin_record(json, "run");
  add_number(json, "journal", 1);
  add_text(json, "id", id);
  add_text(json, "program", view(program.name));
  add_text(json, "pflow", view(PFLOW_VERSION));
  add_number(json, "began", pf_wall_clock() / kMillisecond);
  if (const char* model = pf_default_model()) add_text(json, "model", view(model));
  add_name(json, "inputs");
  add_inputs(json, program, params);
  add_name(json, "plan");
  add_plan(json, program.plan);
  write(json);
  sync_for(Sync::End);
}

bool begin_anew(const char* value, const pf_program& program, const void* params) {
  Buffer id;
  add_run_id(id);
  Buffer& path = g_journal->path;
  const bool in_home = strcmp(value, "auto") == 0;
  bool made = in_home ? add_journal_path(path, id.c_str()) : (path.add(value), true);
  (void)path.c_str();
  made = made && g_journal->file.create(path.data());
  if (!made) {
    const bool there = errno == EEXIST;
    pf_config_error(nullptr,
                    there ? "`--resume` goes on with it; a new run takes another file"
                          : "name a file in a folder that may be written, or `auto`",
                    "cannot make the journal `%s`: %s", path.c_str(), strerror(errno));
    return false;
  }
  if (in_home) g_journal->id.add(id.text());
  write_run(program, params, id.text());
  return true;
}

bool go_on(const char* value) {
  Resumed& run = *resumed();
  if (value && strcmp(value, "auto") != 0 && strcmp(value, run.path.c_str()) != 0) {
    pf_config_error(nullptr, "leave out `--journal`",
                    "the run goes on in its own journal `%s`, not in `%s`", run.path.c_str(),
                    value);
    return false;
  }
  g_journal->path.add(run.path.text());
  g_journal->file = run.file;
  check(g_journal->file.cut(run.recorded.whole_bytes()));
  Buffer json;
  begin_record(json, "resume");
  add_number(json, "began", pf_wall_clock() / kMillisecond);
  write(json);
  return true;
}

bool begin(const char* value, const pf_program* program, const void* params) {
  if (!value && program->durable) value = "auto";
  const bool wanted = value && strcmp(value, "none") != 0;
  if (!wanted && !resumed()) return true;
  g_journal = new (allocate(sizeof(Journal))) Journal;
  if (!(resumed() ? go_on(value) : begin_anew(value, *program, params))) return false;
  g_journal->number = listen(kJournal);
  return true;
}

}  // namespace

const char* journal_name() {
  if (!g_journal) return nullptr;
  return g_journal->id.size() != 0 ? g_journal->id.c_str() : g_journal->path.c_str();
}

StepKey* key_of(const pf_call& call) {
  auto* step = static_cast<Step*>(call.step);
  return g_journal && step ? static_cast<StepKey*>(step->kept[g_journal->number]) : nullptr;
}

void write_effect(Buffer& record) {
  write(record);
  sync_for(Sync::Effects);
}

}  // namespace pflow::rt

const pf_watch pf_journal = {"journal", pflow::rt::begin, nullptr};
