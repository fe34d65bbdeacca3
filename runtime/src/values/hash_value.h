/// Values as what tells whether arguments are the same as those of an earlier run.
#pragma once

#include "pflow/abi.h"
#include "pflow/sha256.hpp"

namespace pflow::rt {

/// Adds a value, secrets with it. Values that anything can tell apart hash differently,
/// though they may be equal: maps of another order, `-0.0` and `0.0`.
void hash_value(Sha256& hash, const void* value, const pf_type* type);

}  // namespace pflow::rt
