/// Hashes of values of any type.
#pragma once

#include <stdint.h>

#include "pflow/abi.h"

namespace pf_lists {

/// Equal values, as pf_value_equal sees them, have equal hashes.
uint64_t hash(const void* value, const pf_type* type);

}  // namespace pf_lists
