/// How a stage with `cache` reaches the store of results, which only programs with such
/// a stage link (src/cache).
#pragma once

#include "runtime/src/cache/cached_stage.h"

namespace pflow::rt {

/// A ticket stands for one stage from `open` to `close`.
struct CacheApi {
  /// Before anything runs: false after a setting that is wrong was reported.
  bool (*check)();
  /// Null: the results of this stage cannot be kept. What the stage points to outlives
  /// the ticket.
  void* (*open)(const CachedStage& stage);
  /// What decides the results, as hexadecimal digits: equal for equal calls.
  const char* (*key)(const void* ticket);
  /// Whether the results are stored: they are then in `out`, zeroed room.
  bool (*load)(void* ticket, void* out);
  /// The results come from an equal call that runs already.
  void (*share)(const void* ticket);
  void (*store)(void* ticket, const void* results);
  void (*close)(void* ticket);
};

}  // namespace pflow::rt

extern "C" const pflow::rt::CacheApi pf_cache __attribute__((weak, visibility("default")));
