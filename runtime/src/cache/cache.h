/// How a stage with `cache` reaches the store of results, which only programs with such
/// a stage link (src/cache).
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

struct CachedStage {
  const pf_site* site;
  const pf_frame_info* flow;
  const void* arguments;  ///< a block
  int64_t keep;           ///< nanoseconds; 0: for ever
};

struct CacheApi {
  /// Whether the results are stored: they are then in `out`, zeroed room. Else
  /// `*ticket` is what `store` needs, or null when nothing can be stored.
  bool (*find)(const CachedStage& stage, void* out, void** ticket);
  /// Stores the results and frees the ticket; null results: only frees it.
  void (*store)(void* ticket, const CachedStage& stage, const void* results);
};

}  // namespace pflow::rt

extern "C" const pflow::rt::CacheApi pf_cache __attribute__((weak, visibility("default")));
