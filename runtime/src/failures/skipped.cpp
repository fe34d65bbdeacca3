#include "runtime/src/failures/skipped.h"

#include <unistd.h>

#include "runtime/src/descriptors/descriptors.h"
#include "runtime/src/failures/failure.h"
#include "runtime/src/failures/report_json.h"
#include "runtime/src/json/json_text.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/memory.h"
#include "runtime/src/values/utf8.h"

namespace pflow::rt {
namespace {

constexpr int64_t kTold = 3;

struct Stage {
  const pf_site* site;
  int64_t skipped;
  int64_t items;
  int64_t reasons;
  pf_str told[kTold];           ///< the first reasons
  int64_t untold[kErrorKinds];  ///< of the others, by kind
  Stage* next;
};
Stage* g_first;
Stage** g_last = &g_first;

Stage* stage_of(const pf_site* site) {
  Stage* stage = g_first;
  while (stage && stage->site != site) stage = stage->next;
  if (stage) return stage;
  stage = static_cast<Stage*>(allocate_zeroed(sizeof(Stage)));
  stage->site = site;
  *g_last = stage;
  g_last = &stage->next;
  return stage;
}

/// The first line, no longer than a line of a terminal or two.
pf_str shortened(pf_str text) {
  constexpr int64_t kMost = 160;
  const auto* end =
      text.len == 0 ? nullptr : static_cast<const char*>(memchr(text.data, '\n', text.len));
  size_t line = end ? static_cast<size_t>(end - text.data) : text.len;
  int64_t points = 0;
  size_t len = skip_code_points(text.data, line, kMost, &points);
  Buffer out;
  out.add(text.data, len);
  if (len < text.len) out.add("…");
  return out.take();
}

void add_stage(Buffer& out, const Stage& stage) {
  if (stage.site && stage.site->line != 0)
    out.format("%s:%u:%u: ", stage.site->file, stage.site->line, stage.site->column);
  out.format("skipped %lld of %lld items\n", static_cast<long long>(stage.skipped),
             static_cast<long long>(stage.items));
  for (int64_t i = 0; i < stage.reasons && i < kTold; ++i) {
    out.add("  ");
    out.add(stage.told[i]);
    out.add('\n');
  }
  if (stage.reasons <= kTold) return;
  out.format("  and %lld more", static_cast<long long>(stage.reasons - kTold));
  const char* before = ": ";
  for (int kind = 0; kind < kErrorKinds; ++kind) {
    if (stage.untold[kind] == 0) continue;
    out.format("%s%lld %s", before, static_cast<long long>(stage.untold[kind]),
               kind_name(static_cast<pf_error_kind>(kind)));
    before = ", ";
  }
  out.add('\n');
}

}  // namespace

void count_skipped(const pf_site* site, int64_t skipped, int64_t items) {
  Stage* stage = stage_of(site);
  stage->skipped += skipped;
  stage->items += items;
}

bool wants_reason(const pf_site* site) { return stage_of(site)->reasons < kTold; }

void note_skipped(const pf_site* site, pf_error_kind kind, pf_str reason) {
  Stage* stage = stage_of(site);
  if (stage->reasons < kTold)
    stage->told[stage->reasons] = shortened(reason);
  else
    ++stage->untold[kind];
  ++stage->reasons;
}

void add_skipped_json(Buffer& out) {
  int64_t sum = 0;
  for (const Stage* stage = g_first; stage; stage = stage->next) sum += stage->skipped;
  if (sum == 0) return;
  out.add(",\"skipped\":");
  out.add_int(sum);
  out.add(",\"reasons\":[");
  bool first = true;
  for (const Stage* stage = g_first; stage; stage = stage->next) {
    for (int64_t i = 0; i < stage->reasons && i < kTold; ++i) {
      if (!first) out.add(',');
      first = false;
      add_json_string(out, stage->told[i]);
    }
  }
  out.add(']');
}

void print_skipped() {
  if (pf_quiet() || json_output()) return;
  Buffer out;
  for (const Stage* stage = g_first; stage; stage = stage->next)
    if (stage->skipped != 0) add_stage(out, *stage);
  write_all(STDERR_FILENO, out.data(), out.size());
}

}  // namespace pflow::rt

void pf_count_skipped(const pf_site* site, int64_t skipped, int64_t items) {
  pflow::rt::count_skipped(site, skipped, items);
}

void pf_note_skipped(const pf_site* site, pf_error_kind kind, const pf_str* reason) {
  pflow::rt::note_skipped(site, kind, *reason);
}
