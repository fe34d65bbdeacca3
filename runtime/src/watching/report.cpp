// --report FILE: a page that shows the run when it is over. Until then its steps are kept, as short
// as they have to be for a page of a few megabytes.
#include <stdlib.h>

#include <algorithm>
#include <new>
#include <string_view>

#include "pflow/timer.h"
#include "pflow/watch.h"
#include "runtime/src/json/json_text.h"
#include "runtime/src/recorder/listener.h"
#include "runtime/src/recorder/place.h"
#include "runtime/src/recorder/usage.h"
#include "runtime/src/recorder/used_json.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/memory.h"
#include "runtime/src/watching/kept_steps.h"
#include "runtime/src/watching/side_file.h"

namespace pflow::rt {
namespace {

constexpr size_t kMostEvents = 1000;

struct Event {
  const char* what;
  const pf_site* site;
  pf_error_kind kind;
  pf_str message;
  int64_t at;
};

struct Report {
  SideFile file;
  const pf_program* program;
  int64_t began;  ///< on pf_clock …
  int64_t wall;   ///< … and since the epoch
  KeptSteps steps;
  Row<Event> events;
  int64_t cached;  ///< stages whose results were in the cache
};
Report* g_report;

double milliseconds(int64_t nanoseconds) { return static_cast<double>(nanoseconds) / 1e6; }

void step_began(Step& step, int number) { step.kept[number] = g_report->steps.begin(step); }

void step_ended(Step& step, int number, pf_status status) {
  g_report->steps.end(*static_cast<KeptStep*>(step.kept[number]), step, status);
}

void note_event(const char* what, const pf_site* site, const Failure& why) {
  constexpr size_t kMostShown = 300;
  if (g_report->events.size() == kMostEvents) return;
  Buffer message;
  add_shown_text(message, why.message, kMostShown);
  g_report->events.add({what, site, why.kind, message.take(), pf_clock() - g_report->began});
}

void tries_again(const pf_site* site, const Failure& why, int64_t, int64_t) {
  note_event("tries again", site, why);
}

void item_skipped(const pf_site* site, const Failure& why, int64_t) {
  note_event("skipped an item", site, why);
}

void cache_looked(const CacheLookup& lookup) {
  if (lookup.answer == CacheAnswer::Hit) ++g_report->cached;
}

// ---- the page ---------------------------------------------------------------------------------

/// In a script of a page nothing may look like a tag.
void add_without_tags(Buffer& out, pf_str json) {
  const char* end = json.data + json.len;
  for (const char* at = json.data; at != end;) {
    const char* tag = std::find(at, end, '<');
    out.add(at, static_cast<size_t>(tag - at));
    if (tag == end) return;
    out.add("\\u003c");
    at = tag + 1;
  }
}

void add_sites(Buffer& json) {
  json.add(",\"sites\":[");
  const Row<const pf_site*>& sites = g_report->steps.sites();
  for (size_t i = 0; i < sites.size(); ++i) {
    const pf_site* site = sites[i];
    json.add(i == 0 ? "{\"id\":" : ",{\"id\":");
    add_json_string(json, view(site ? site->id : ""));
    json.add(",\"file\":");
    add_json_string(json, view(site ? site->file : ""));
    json.format(",\"line\":%u,\"source\":", site ? site->line : 0);
    add_json_string(json, view(site && site->line != 0 ? site->source : ""));
    json.add('}');
  }
  json.add("],\"nodes\":[");
  const Row<const pf_node*>& nodes = g_report->steps.nodes();
  for (size_t i = 0; i < nodes.size(); ++i) {
    json.add(i == 0 ? "{\"name\":" : ",{\"name\":");
    add_json_string(json, view(nodes[i]->name));
    json.add(",\"effects\":");
    add_json_string(json, view(nodes[i]->effects));
    json.add('}');
  }
  json.add(']');
}

void add_events(Buffer& json) {
  json.add(",\"events\":[");
  for (size_t i = 0; i < g_report->events.size(); ++i) {
    const Event& event = g_report->events[i];
    json.format("%s[%.3f,\"%s\",%zu,\"%s\",", i == 0 ? "" : ",", milliseconds(event.at), event.what,
                g_report->steps.number_of(event.site), kind_name(event.kind));
    json.add(event.message);
    json.add(']');
  }
  json.add(']');
}

void add_run(Buffer& json, int exit_code) {
  KeptSteps& steps = g_report->steps;
  const Usage usage = usage_so_far();
  json.add("{\"program\":");
  add_json_string(json, view(g_report->program->name));
  json.format(
      ",\"pflow\":\"%s\",\"began\":%lld,\"ms\":%.3f,\"exit_code\":%d,\"all\":%lld,"
      "\"left_out\":%lld,\"cached\":%lld,\"calls\":%lld,\"used\":{",
      PFLOW_VERSION, static_cast<long long>(g_report->wall / 1'000'000),
      milliseconds(pf_clock() - g_report->began), exit_code, static_cast<long long>(steps.all()),
      static_cast<long long>(steps.left_out()), static_cast<long long>(g_report->cached),
      static_cast<long long>(usage.calls));
  add_used_json(json, usage.used);
  json.add('}');
  // The sites of events may be none of steps.
  Buffer events, listed;
  add_events(events);
  steps.add_json(listed, g_report->began);
  json.add(events.text());
  json.add(listed.text());
  add_sites(json);
  json.add('}');
}

void end_run(int exit_code) {
  constexpr std::string_view kMark = "@RUN@";
  const std::string_view page = g_report->program->report_page;
  const size_t mark = page.find(kMark);
  Buffer json;
  add_run(json, exit_code);
  Buffer& out = g_report->file.pending();
  out.add(page.data(), mark);
  add_without_tags(out, json.text());
  out.add(page.data() + mark + kMark.size());
  g_report->file.close();
}

constexpr Listener kReport = {.step_began = step_began,
                              .step_ended = step_ended,
                              .tries_again = tries_again,
                              .item_skipped = item_skipped,
                              .cache_looked = cache_looked,
                              .end_run = end_run};

bool begin(const char* value, const pf_program* program, const void*) {
  if (!value) return true;
  g_report = new (allocate(sizeof(Report))) Report;
  if (!g_report->file.open("report", value)) return false;
  g_report->program = program;
  g_report->began = pf_clock();
  g_report->wall = pf_wall_clock();
  listen(kReport);
  return true;
}

}  // namespace
}  // namespace pflow::rt

const pf_watch pf_report = {"report", pflow::rt::begin, nullptr};
