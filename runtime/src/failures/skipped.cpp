#include "runtime/src/failures/skipped.h"

#include <unistd.h>

#include "runtime/src/descriptors/descriptors.h"
#include "runtime/src/failures/report.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/memory.h"

namespace pflow::rt {
namespace {

struct Stage {
  const pf_site* site;
  int64_t skipped;
  int64_t items;
  Stage* next;
};
Stage* g_first;
Stage** g_last = &g_first;

}  // namespace

void count_skipped(const pf_site* site, int64_t skipped, int64_t items) {
  Stage* stage = g_first;
  while (stage && stage->site != site) stage = stage->next;
  if (!stage) {
    stage = static_cast<Stage*>(allocate_zeroed(sizeof(Stage)));
    stage->site = site;
    *g_last = stage;
    g_last = &stage->next;
  }
  stage->skipped += skipped;
  stage->items += items;
}

int64_t all_skipped() {
  int64_t sum = 0;
  for (const Stage* stage = g_first; stage; stage = stage->next) sum += stage->skipped;
  return sum;
}

void print_skipped() {
  if (pf_quiet() || json_output()) return;
  Buffer out;
  for (const Stage* stage = g_first; stage; stage = stage->next) {
    if (stage->skipped == 0) continue;
    if (stage->site && stage->site->line != 0)
      out.format("%s:%u:%u: ", stage->site->file, stage->site->line, stage->site->column);
    out.format("skipped %lld of %lld items\n", static_cast<long long>(stage->skipped),
               static_cast<long long>(stage->items));
  }
  write_all(STDERR_FILENO, out.data(), out.size());
}

}  // namespace pflow::rt

void pf_count_skipped(const pf_site* site, int64_t skipped, int64_t items) {
  pflow::rt::count_skipped(site, skipped, items);
}
