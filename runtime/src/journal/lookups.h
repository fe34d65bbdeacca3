/// Lookups of stages with `cache` in the journal: what came of them comes of them again.
#pragma once

#include "runtime/src/running/watcher.h"

namespace pflow::rt {

class Buffer;

/// The record of a lookup.
void add_lookup(Buffer& json, const CacheLookup& lookup);
/// As `Listener` has it.
[[nodiscard]] bool recalls_lookup(const char* key, CacheRecall& recall);

}  // namespace pflow::rt
