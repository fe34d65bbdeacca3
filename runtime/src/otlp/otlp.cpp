// Spans of OpenTelemetry: one for the run, for each step, and for each question to a model.
#include <stdlib.h>
#include <string.h>

#include <new>

#include "pflow/timer.h"
#include "pflow/watch.h"
#include "runtime/src/failures/failure.h"
#include "runtime/src/json/json_text.h"
#include "runtime/src/otlp/exporter.h"
#include "runtime/src/recorder/listener.h"
#include "runtime/src/recorder/place.h"
#include "runtime/src/values/memory.h"
#include "runtime/src/watching/shown_value.h"

namespace pflow::otlp {
namespace {

using namespace pflow::rt;

constexpr size_t kMostShown = 2000;
constexpr int kInternal = 1, kClient = 3;  ///< kinds of spans

struct Run {
  Settings settings;
  Exporter exporter{settings};
  const char* program;
  char id[17];
  int64_t began;    ///< since the epoch …
  int64_t started;  ///< … and on pf_clock
};
Run* g_run;

/// What is kept of what has begun.
struct SpanId {
  char id[17];
};

SpanId* new_span() {
  auto* span = static_cast<SpanId*>(allocate_zeroed(sizeof(SpanId)));
  make_id(span->id, 16);
  return span;
}

void begin_span(Buffer& json, const char* id, const char* parent) {
  json.format("{\"traceId\":\"%s\",\"spanId\":\"%s\"", g_run->settings.trace, id);
  if (*parent) json.format(",\"parentSpanId\":\"%s\"", parent);
  json.add(",\"flags\":257");
}

/// The times, then the list of attributes, which is left open.
void add_times(Buffer& json, int kind, int64_t began, int64_t started) {
  json.format(
      ",\"kind\":%d,\"startTimeUnixNano\":\"%lld\",\"endTimeUnixNano\":\"%lld\",\"attributes\":[",
      kind, static_cast<long long>(began), static_cast<long long>(began + pf_clock() - started));
}

void add_int_attribute(Buffer& json, const char* name, int64_t value) {
  json.format(",{\"key\":\"%s\",\"value\":{\"intValue\":\"%lld\"}}", name,
              static_cast<long long>(value));
}

void add_more(Buffer& json, const char* name, pf_str text) {
  json.add(',');
  add_attribute(json, name, text);
}

/// Ends the attributes and the span: how it went.
void end_span(Buffer& json, const Failure* failure) {
  if (failure) add_more(json, "error.type", view(kind_name(failure->kind)));
  json.add("],\"status\":{");
  if (failure) {
    json.add("\"code\":2,\"message\":");
    add_shown_text(json, failure->message, kMostShown);
  }
  json.add("}}");
  g_run->exporter.add(json);
}

const Failure* failure_of(const pf_call* call, pf_status status) {
  return status == PF_FAILED && call ? static_cast<const Failure*>(call->error) : nullptr;
}

bool reaches_out(const Step& step) { return strstr(step.node->effects, "net") != nullptr; }

void step_began(Step& step, int number) { step.kept[number] = new_span(); }

void step_ended(Step& step, int number, pf_status status) {
  auto* span = static_cast<SpanId*>(step.kept[number]);
  Buffer json, place;
  begin_span(json, span->id, g_run->id);
  json.add(",\"name\":");
  add_json_string(json, view(step.node->name));
  add_times(json, reaches_out(step) ? kClient : kInternal, step.began, step.started);
  add_place(place, *step.call);
  add_attribute(json, "pflow.place", place.text());
  add_more(json, "pflow.node", view(step.node->name));
  add_int_attribute(json, "pflow.attempt", attempt_of(*step.call));
  if (const pf_site* site = step.call->site; site && site->line != 0) {
    add_more(json, "code.file.path", view(site->file));
    add_int_attribute(json, "code.line.number", site->line);
  }
  end_span(json, failure_of(step.call, status));
  free(span);
}

void question_began(pf_effect& effect, int number) { effect.kept[number] = new_span(); }

void question_ended(pf_effect& effect, int number, pf_status status) {
  auto* span = static_cast<SpanId*>(effect.kept[number]);
  const auto* step = effect.call ? static_cast<const Step*>(effect.call->step) : nullptr;
  const auto* parent = step ? static_cast<const SpanId*>(step->kept[number]) : nullptr;
  const pf_used& used = effect.used;
  Buffer json, name;
  name.add("chat ");
  name.add(used.model);
  begin_span(json, span->id, parent ? parent->id : g_run->id);
  json.add(",\"name\":");
  add_json_string(json, name.text());
  add_times(json, kClient, effect.began, effect.started);
  add_attribute(json, "gen_ai.operation.name", view("chat"));
  add_more(json, "gen_ai.provider.name", view(*used.provider ? used.provider : "pflow"));
  add_more(json, "gen_ai.request.model", used.model);
  add_int_attribute(json, "gen_ai.usage.input_tokens", used.input_tokens);
  add_int_attribute(json, "gen_ai.usage.output_tokens", used.output_tokens);
  add_int_attribute(json, "gen_ai.usage.cache_read.input_tokens", used.cached_input_tokens);
  add_int_attribute(json, "gen_ai.usage.reasoning.output_tokens", used.reasoning_tokens);
  end_span(json, failure_of(effect.call, status));
  free(span);
}

void end_run(int exit_code) {
  Buffer json, name;
  name.format("invoke_workflow %s", g_run->program);
  begin_span(json, g_run->id, g_run->settings.parent);
  json.add(",\"name\":");
  add_json_string(json, name.text());
  add_times(json, kInternal, g_run->began, g_run->started);
  add_attribute(json, "gen_ai.operation.name", view("invoke_workflow"));
  add_more(json, "gen_ai.workflow.name", view(g_run->program));
  add_int_attribute(json, "process.exit.code", exit_code);
  json.format("],\"status\":{%s}}", exit_code == 0 ? "" : "\"code\":2");
  g_run->exporter.add(json);
  g_run->exporter.finish();
}

constexpr Listener kSpans = {.step_began = step_began,
                             .step_ended = step_ended,
                             .question_began = question_began,
                             .question_ended = question_ended,
                             .end_run = end_run};

bool begin(const char*, const pf_program* program, const void*) {
  g_run = new (allocate(sizeof(Run))) Run;
  read_settings(g_run->settings, program->name);
  if (g_run->settings.address.size() == 0) return true;
  g_run->program = program->name;
  make_id(g_run->id, 16);
  g_run->began = pf_wall_clock();
  g_run->started = pf_clock();
  listen(kSpans);
  return true;
}

}  // namespace
}  // namespace pflow::otlp

const pf_watch pf_otlp = {"otlp", pflow::otlp::begin};
