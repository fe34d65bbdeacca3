/// What a run has done so far, and the lines that say it.
#pragma once

#include "pflow/abi.h"
#include "runtime/src/values/row.h"

namespace pflow::rt {

class Buffer;

struct ItemsProgress {
  const pf_site* site;
  int64_t items;    ///< of all batches that began; negative: nobody knows
  int64_t ended;    ///< of them, in any way
  int64_t skipped;  ///< of these
  int64_t open;     ///< batches that go on
  int64_t began;    ///< on pf_clock
};

struct NodeProgress {
  const pf_node* node;
  int64_t running;
};

struct Progress {
  Row<ItemsProgress> batches;  ///< by site
  Row<NodeProgress> nodes;
  pf_used used;  ///< by all questions so far
  int64_t retries;
};

/// `each, line 3  ━━━━━━━━──────────  43/100  12.3/s  5s left`, in at most `width` columns; the
/// bar is left out where there is no room for it. 0: without a bar, however long.
void add_batch_line(Buffer& out, const ItemsProgress& batch, int64_t now, size_t width);
/// `llm ×100, http ×3  12431 tokens  $0.12  2 retries`; nothing when there is nothing to say.
void add_status_line(Buffer& out, const Progress& progress, size_t width);

}  // namespace pflow::rt
