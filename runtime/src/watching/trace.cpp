// --trace FILE: the steps of a run as events of Chrome's trace format, which Perfetto reads. The
// file is an array that is written as the run goes on; without its end it can be read, too. Into a
// pipe a step is written as it begins and as it ends, for who looks on; elsewhere once.
#include <stdlib.h>

#include <new>

#include "pflow/timer.h"
#include "pflow/watch.h"
#include "runtime/src/failures/failure.h"
#include "runtime/src/json/json_text.h"
#include "runtime/src/recorder/listener.h"
#include "runtime/src/recorder/place.h"
#include "runtime/src/recorder/usage.h"
#include "runtime/src/recorder/used_json.h"
#include "runtime/src/values/memory.h"
#include "runtime/src/watching/lanes.h"
#include "runtime/src/watching/shown_value.h"
#include "runtime/src/watching/side_file.h"
#include "runtime/src/watching/thousandths.h"

namespace pflow::rt {
namespace {

constexpr size_t kMostShown = 2000;  ///< bytes of the inputs of a step, and of its outputs

struct Trace {
  SideFile file;
  int64_t began = 0;  ///< on pf_clock
  Lanes lanes;
  int64_t next_counter = 0;  ///< when one is due
  bool counted = true;       ///< all questions so far
  bool first = true;
};
Trace* g_trace;

/// `{"ph":"X","pid":1,"ts":12.500`, with the time since the begin of the run in microseconds.
Buffer& begin_event(char phase, int64_t at) {
  Buffer& out = g_trace->file.pending();
  out.add(g_trace->first ? "[\n{\"ph\":\"" : ",\n{\"ph\":\"");
  g_trace->first = false;
  out.add(phase);
  out.add("\",\"pid\":1,\"ts\":");
  add_thousandths(out, at - g_trace->began);
  return out;
}

void end_event(Buffer& out) {
  out.add('}');
  g_trace->file.settle();
}

void add_text(Buffer& out, const char* name, pf_str text) {
  out.add(",\"");
  out.add(name);
  out.add("\":");
  add_shown_text(out, text, kMostShown);
}

void name_process(const pf_program& program) {
  Buffer& out = begin_event('M', g_trace->began);
  out.add(R"(,"tid":0,"name":"process_name","args":{"name":)");
  add_json_string(out, view(program.name));
  out.add('}');
  end_event(out);
}

void add_lane(Buffer& out, size_t lane) {
  out.add(",\"tid\":");
  out.add_int(static_cast<int64_t>(lane) + 1);  // 0 is the run
}

void add_what(Buffer& out, const Step& step) {
  add_text(out, "name", view(step.node->name));
  add_text(out, "cat", view(step.node->effects));
  Buffer place;
  add_place(place, *step.call);
  out.add(",\"args\":{\"place\":");
  add_json_string(out, place.text());
}

void step_began(Step& step, int number) {
  auto* lane = static_cast<size_t*>(allocate(sizeof(size_t)));
  *lane = g_trace->lanes.take();
  step.kept[number] = lane;
  if (!g_trace->file.is_live()) return;
  Buffer& out = begin_event('B', step.started);
  add_lane(out, *lane);
  add_what(out, step);
  out.add('}');
  end_event(out);
}

void add_outcome(Buffer& out, const Step& step, pf_status status) {
  if (status == PF_FAILED) {
    const auto* failure = static_cast<const Failure*>(step.call->error);
    if (!failure) return;
    add_text(out, "error", view(kind_name(failure->kind)));
    return add_text(out, "message", failure->message);
  }
  out.add(",\"out\":");
  add_shown_ports(out, step.node->outputs, step.node->output_count,
                  static_cast<const char*>(step.out), kMostShown);
  if (step.call->action) add_text(out, "action", view(step.call->action));
}

void step_ended(Step& step, int number, pf_status status) {
  auto* lane = static_cast<size_t*>(step.kept[number]);
  g_trace->lanes.give_back(*lane);
  const int64_t now = pf_clock();
  const bool live = g_trace->file.is_live();
  Buffer& out = live ? begin_event('E', now) : begin_event('X', step.started);
  if (!live) {
    out.add(",\"dur\":");
    add_thousandths(out, now - step.started);
  }
  add_lane(out, *lane);
  free(lane);
  add_what(out, step);
  if (step.call->site && step.call->site->line != 0)
    out.format(",\"line\":%u", step.call->site->line);
  if (int64_t attempt = attempt_of(*step.call); attempt > 1)
    out.format(",\"attempt\":%lld", static_cast<long long>(attempt));
  out.add(",\"in\":");
  add_shown_ports(out, step.node->ports, step.node->port_count, static_cast<const char*>(step.in),
                  kMostShown);
  add_outcome(out, step, status);
  if (step.questions != 0) {
    out.add(",\"usage\":{");
    add_used_json(out, step.used);
    out.add('}');
  }
  out.add('}');
  end_event(out);
}

/// A moment: nothing is done for what is in the cache.
void cache_looked(const CacheLookup& lookup) {
  if (lookup.answer != CacheAnswer::Hit) return;
  Buffer place;
  add_place(place, lookup.call);
  Buffer& out = begin_event('i', pf_clock());
  out.add(R"(,"tid":0,"s":"p","cat":"cache")");
  add_text(out, "name", view(lookup.call.site->node));
  out.add(",\"args\":{\"place\":");
  add_json_string(out, place.text());
  out.add('}');
  end_event(out);
}

void add_counter(const char* name, const char* series, double value) {
  Buffer& out = begin_event('C', pf_clock());
  out.format(R"(,"tid":0,"name":"%s","args":{"%s":%.9g})", name, series, value);
  end_event(out);
}

void add_counters() {
  const pf_used used = usage_so_far().used;
  add_counter("tokens", "tokens", static_cast<double>(used.input_tokens + used.output_tokens));
  if (used.has_cost) add_counter("cost", "usd", used.cost);
}

/// Counters are drawn as steps: finer ones nobody sees. The last ones come with the end.
void question_ended(pf_effect&, int, pf_status) {
  constexpr int64_t kMillisecond = 1'000'000;
  g_trace->counted = pf_clock() >= g_trace->next_counter;
  if (!g_trace->counted) return;
  g_trace->next_counter = pf_clock() + kMillisecond;
  add_counters();
}

void add_instant(const char* name, const pf_site* site, const Failure& why) {
  Buffer& out = begin_event('i', pf_clock());
  out.format(R"(,"tid":0,"s":"p","name":"%s","args":{"error":"%s")", name, kind_name(why.kind));
  if (site) add_text(out, "site", view(site->id));
  add_text(out, "message", why.message);
}

void tries_again(const pf_site* site, const Failure& why, int64_t attempt, int64_t wait) {
  add_instant("tries again", site, why);
  Buffer& out = g_trace->file.pending();
  out.format(R"(,"attempt":%lld,"wait_ms":%lld})", static_cast<long long>(attempt),
             static_cast<long long>(wait / 1'000'000));
  end_event(out);
}

void item_skipped(const pf_site* site, const Failure& why, int64_t index) {
  add_instant("skipped", site, why);
  Buffer& out = g_trace->file.pending();
  out.format(R"(,"item":%lld})", static_cast<long long>(index));
  end_event(out);
}

void end_run(int) {
  if (!g_trace->counted) add_counters();
  g_trace->file.pending().add(g_trace->first ? "[]\n" : "\n]\n");
  g_trace->file.close();
}

constexpr Listener kTrace = {.step_began = step_began,
                             .step_ended = step_ended,
                             .question_ended = question_ended,
                             .tries_again = tries_again,
                             .item_skipped = item_skipped,
                             .cache_looked = cache_looked,
                             .end_run = end_run};

bool begin(const char* value, const pf_program* program, const void*) {
  if (!value) return true;
  g_trace = new (allocate(sizeof(Trace))) Trace;
  if (!g_trace->file.open("trace", value)) return false;
  g_trace->began = pf_clock();
  name_process(*program);
  listen(kTrace);
  return true;
}

}  // namespace
}  // namespace pflow::rt

const pf_watch pf_trace = {"trace", pflow::rt::begin, nullptr};
