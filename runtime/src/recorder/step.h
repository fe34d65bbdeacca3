/// A call of a node that has effects, between its begin and its end.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

/// More cannot listen at once.
inline constexpr int kMostListeners = 8;

struct Step {
  pf_call* call;
  const pf_node* node;
  const void* in;
  const void* out;  ///< complete when it has ended well
  int64_t began;    ///< nanoseconds since the epoch …
  int64_t started;  ///< … and by the clock of waits
  int64_t waited;   ///< nanoseconds since a run before had begun it; 0: none had
  int64_t questions;
  pf_used used;                ///< by its questions; cost is that of those whose cost is known
  void* kept[kMostListeners];  ///< by each listener
};

}  // namespace pflow::rt
