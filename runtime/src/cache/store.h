/// Stored results in a SQLite file of PFLOW_HOME. Nothing here can fail a flow: what
/// cannot be read is not there, what cannot be written is not kept.
#pragma once

#include "pflow/abi.h"
#include "runtime/src/values/buffer.h"

namespace pflow::rt {

struct StoredResult {
  Buffer value;
  int64_t stored_at;  ///< on pf_wall_clock
};

/// Whether there is a result under the key.
[[nodiscard]] bool load_result(const char* key, StoredResult& out);
void save_result(const char* key, pf_str place, pf_str ingredients, pf_str value);

/// Calls `visit` with the ingredients of what was stored last at `place`, the latest
/// first, some of them at most.
void visit_stored(pf_str place, void (*visit)(void* state, pf_str ingredients), void* state);

/// Why the file cannot be used; null: it can.
[[nodiscard]] const char* store_problem();

}  // namespace pflow::rt
