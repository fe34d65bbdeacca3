/// A stage with `cache`, as its results are looked up and stored.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

struct CachedStage {
  const pf_call* call;
  const pf_frame_info* flow;
  const void* arguments;  ///< a block
  int64_t keep;           ///< nanoseconds; INT64_MAX: for ever
};

}  // namespace pflow::rt
