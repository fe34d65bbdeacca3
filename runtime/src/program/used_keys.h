/// The keys and secrets that the program has been given, which nothing that it writes of its
/// requests may hold.
#pragma once

#include "pflow/abi.h"
#include "runtime/src/values/row.h"

namespace pflow::rt {

/// Each once. They live as long as the program.
const Row<pf_str>& used_keys();
/// Keeps a reference; an empty one is none.
void note_key(const pf_str& key);
/// A short one may be part of a word: only where it stands alone it is told.
inline bool is_short_key(const pf_str& key) { return key.len < 8; }

}  // namespace pflow::rt
