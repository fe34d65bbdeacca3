/// Stored results, as a running flow uses them. Nothing here can fail a flow or hold it
/// up for long: what cannot be read is not there, what cannot be written is not kept, and
/// a notice says why, once.
#pragma once

#include "pflow/abi.h"
#include "runtime/src/values/buffer.h"

namespace pflow::rt {

struct StoredResult {
  Buffer value;
  int64_t stored_at;  ///< on pf_wall_clock
};

struct NewResult {
  const char* key;
  pf_str node, place, ingredients, value;
};

/// Whether there is a result under the key; it counts as used.
[[nodiscard]] bool load_result(const char* key, StoredResult& out);
/// What was not used for longest goes when the cache becomes too large.
void save_result(const NewResult& result);

/// Calls `visit` with the ingredients of what was stored last at `place`, the latest
/// first, some of them at most.
void visit_stored(pf_str place, void (*visit)(void* state, pf_str ingredients), void* state);

/// Why the file cannot be used; null: it can.
[[nodiscard]] const char* store_problem();

}  // namespace pflow::rt
