/// Where items of an `each` with `batch` wait for each other (pflow/batch.h).
#pragma once

#include "pflow/batch.h"
#include "pflow/timer.h"

namespace pflow::rt {

/// Zeroed at first, then at one address until it is closed.
struct Gate {
  /// Whether no item can come but those that stand here.
  bool (*all_are_here)(const Gate& gate);
  pf_gathered* first;
  pf_gathered* last;
  size_t standing;
  pf_timer look;
};

/// An item has come, or has ended: looks soon whether all are here.
void look_at(Gate& gate);
/// Nobody stands there any more.
void close_gate(Gate& gate);
/// That of the innermost `each` around the frame; null: it has none, or the stage is tried again.
[[nodiscard]] Gate* gate_above(pf_frame* frame);

}  // namespace pflow::rt
