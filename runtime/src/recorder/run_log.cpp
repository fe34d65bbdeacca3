// The log of a run. What goes wrong ends the log and nothing else.
#include "runtime/src/recorder/run_log.h"

#include <stdlib.h>

#include "pflow/timer.h"
#include "runtime/src/failures/failure.h"
#include "runtime/src/program/config.h"
#include "runtime/src/recorder/listener.h"
#include "runtime/src/recorder/place.h"
#include "runtime/src/recorder/record_fields.h"
#include "runtime/src/recorder/record_file.h"
#include "runtime/src/recorder/used_json.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/spare.h"

namespace pflow::rt {
namespace {

constexpr int64_t kMillisecond = 1'000'000;

enum class State : unsigned char { Unopened, Open, Off };
State g_state;
RecordFile g_file;

/// What is kept of a question until its end.
struct Kept {
  Buffer json;  ///< the beginning of its record
};

Spare<Kept> g_spare;

void stop() {
  g_state = State::Off;
  g_file.close();
}

void write_record(Buffer& json) {
  if (!g_file.write(json)) stop();
}

bool open_log(int64_t began, const pf_site* site) {
  Buffer id, name, path;
  add_run_id(id);
  name.format("runs/%s.log", id.c_str());
  if (!add_config_path(path, name.c_str())) return false;
  (void)path.c_str();
  if (!g_file.create(path.data())) return false;
  g_state = State::Open;
  Buffer json;
  begin_record(json, "run");
  add_number(json, "format", 1);
  add_text(json, "id", id.text());
  add_text(json, "program", view(site ? site->file : ""));
  add_text(json, "pflow", view(PFLOW_VERSION));
  add_number(json, "began", began / kMillisecond);
  write_record(json);
  return g_state == State::Open;
}

void give_back(Kept* kept) {
  constexpr size_t kLong = size_t{64} * 1024;
  if (kept->json.size() <= kLong) return g_spare.give_back(kept);
  kept->~Kept();
  free(kept);
}

void add_head(Buffer& json, const pf_effect& effect) {
  const pf_call& call = *effect.call;
  Buffer place, model;
  begin_record(json, "result");
  add_place(place, call);
  add_text(json, "key", place.text());
  add_text(json, "node", view(call.site ? call.site->node : ""));
  add_number(json, "attempt", attempt_of(call));
  add_model_name(model, effect.used);
  add_text(json, "model", model.text());
  add_number(json, "began", effect.began / kMillisecond);
}

/// The file is made with the first question.
void question_began(pf_effect& effect, int number) {
  if (g_state == State::Unopened && !open_log(effect.began, effect.call->site)) stop();
  if (g_state != State::Open) return;
  Kept* kept = g_spare.take();
  kept->json.clear();
  effect.kept[number] = kept;
  add_head(kept->json, effect);
}

void said(pf_effect& effect, int number, const char* part, const pf_str& text) {
  if (auto* kept = static_cast<Kept*>(effect.kept[number])) add_text(kept->json, part, text);
}

void add_error(Buffer& json, const Failure* failure) {
  if (!failure) return;
  json.format(",\"error\":{\"kind\":\"%s\"", kind_name(failure->kind));
  add_text(json, "message", failure->message);
  json.add('}');
}

void question_ended(pf_effect& effect, int number, pf_status status) {
  auto* kept = static_cast<Kept*>(effect.kept[number]);
  if (!kept) return;
  if (g_state == State::Open) {
    add_number(kept->json, "ms", (pf_clock() - effect.started) / kMillisecond);
    kept->json.add(",\"usage\":{");
    add_used_json(kept->json, effect.used);
    kept->json.add('}');
    if (status == PF_FAILED && effect.call)
      add_error(kept->json, static_cast<const Failure*>(effect.call->error));
    write_record(kept->json);
  }
  give_back(kept);
}

void end_run(int exit_code) {
  if (g_state != State::Open) return;
  Buffer json;
  begin_record(json, "end");
  add_number(json, "exit_code", exit_code);
  write_record(json);
}

constexpr Listener kRunLog = {.question_began = question_began,
                              .said = said,
                              .question_ended = question_ended,
                              .end_run = end_run};

}  // namespace
}  // namespace pflow::rt

void pf_log_run(void) {
  if (pflow::rt::log_is_wanted()) pflow::rt::listen(pflow::rt::kRunLog);
}
