// Batches of questions in the journal: a run that goes on takes up those that were sent.
#include <string.h>

#include "pflow/batch.h"
#include "pflow/timer.h"
#include "pflow/watch.h"
#include "runtime/src/journal/journal.h"
#include "runtime/src/journal/resume.h"
#include "runtime/src/journal/settings.h"
#include "runtime/src/journal/step_key.h"
#include "runtime/src/recorder/record_fields.h"
#include "runtime/src/recorder/record_file.h"

namespace pflow::rt {
namespace {

bool g_exits;
int g_begun;  ///< batches, ever

bool set_exits(const char* value, const pf_program*, void*, bool*) {
  g_exits = value && equals(view(value), "exit");
  if (!value || g_exits || equals(view(value), "wait")) return true;
  pf_config_error(nullptr, "it is `wait` or `exit`", "`--on-wait` cannot be `%s`", value);
  return false;
}

bool has_journal(const char*, const pf_program*, const void*) {
  if (!g_exits || journal_name()) return true;
  pf_config_error(nullptr, "`--journal auto` keeps one",
                  "`--on-wait exit` needs a journal, with which another run goes on");
  return false;
}

pf_str node_of(pf_call* const* calls, size_t count) {
  for (size_t i = 0; i < count; ++i)
    if (calls[i]) return view(static_cast<const Step*>(calls[i]->step)->node->name);
  return {};
}

/// Its key and the hash of its arguments.
void add_call(Buffer& json, const pf_call* call) {
  StepKey* key = call ? key_of(*call) : nullptr;
  if (!key) return json.add("\"\",\"\"");
  json.add(key->json.text());
  json.format(",\"%s\"", key->args);
}

}  // namespace
}  // namespace pflow::rt

using namespace pflow::rt;

const pf_watch pf_on_wait = {"on-wait", has_journal, set_exits};

bool pf_batch_begun(pf_call* const* calls, size_t count, pf_str* token) {
  if (!journal_name()) return false;
  Buffer json, id;
  add_run_id(id);
  id.format("-%d", ++g_begun);
  *token = id.take();
  begin_record(json, "batch");
  add_text(json, "token", *token);
  add_text(json, "node", node_of(calls, count));
  add_number(json, "began", pf_wall_clock() / 1'000'000);
  add_name(json, "calls");
  for (size_t i = 0; i < count; ++i) {
    json.add(i == 0 ? '[' : ',');
    add_call(json, calls[i]);
  }
  json.add(']');
  write_effect(json);
  return true;
}

void pf_batch_sent(const pf_str* token, const pf_str* id) {
  Buffer json;
  begin_record(json, "batch_sent");
  add_text(json, "token", *token);
  add_text(json, "id", *id);
  write_effect(json);
}

bool pf_batch_before(const pf_call* call, pf_batch_call* before) {
  StepKey* key = key_of(*call);
  if (!key || !resumed()) return false;
  const Recorded& recorded = resumed()->recorded;
  const RecordedMember* member = recorded.member(key->text());
  if (!member || !equals(member->args, key->args)) return false;
  const RecordedBatch& batch = recorded.batch(*member);
  if (batch.token.len == 0) return false;
  *before = {batch.token, batch.id, journal_settings().does_again, member->place};
  return true;
}

bool pf_batch_wait_begin(pf_waiting* waiting) {
  if (!g_exits) return false;
  waiting->kind = PF_WAITS_BATCH;
  const pf_str item = pf_waiting_name(waiting->call);
  const auto* index = static_cast<const char*>(memrchr(item.data, '[', item.len));
  waiting->name = pf_str_copy(item.data, static_cast<size_t>(index - item.data));
  pf_str_release(item);
  return pf_waiting_begin(waiting);
}

void pf_batch_wait_end(pf_waiting* waiting) {
  pf_waiting_end(waiting);
  pf_str_release(waiting->name);
}
