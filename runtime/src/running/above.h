/// What started a frame, as far as who records its effects wants to know it.
#pragma once

#include "pflow/abi.h"
#include "runtime/src/running/budget.h"

namespace pflow::rt {

struct Gate;

struct Above {
  int64_t item = -1;         ///< of an `each`; negative: it is none
  int64_t attempt = 0;       ///< of a stage under policies; 0: it is none
  Budget* budget = nullptr;  ///< of the stage; null: it has none
  Gate* gate = nullptr;      ///< of an `each` with `batch`; null: it has none
  int64_t in_doubt = -1;     ///< as pf_policy has it; negative: not said
  pf_frame* outer;           ///< for whom it runs; null: for nobody
};

[[nodiscard]] Above above_of(pf_frame* child);

// Each tells its own: false when the frame is none of its.
bool each_above(pf_frame* child, Above& above);
bool stream_each_above(pf_frame* child, Above& above);

}  // namespace pflow::rt
