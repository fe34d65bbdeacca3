/// What a stage or a run may spend.
#pragma once

namespace pflow::rt {

/// US dollars.
struct Budget {
  double limit;
  double spent;
  double reserved;  ///< for what has begun
};

}  // namespace pflow::rt
