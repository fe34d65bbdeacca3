/// The ids that the files of one program share.
#pragma once

#include <cstdint>

namespace pflow {

/// Ids already taken by files parsed before, so that one program's ids are dense.
struct ParseIds {
  uint32_t next_expr = 0;
  uint32_t next_stage = 0;
};

}  // namespace pflow
