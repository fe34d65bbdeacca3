/// What holds of a type because of the types inside it.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

/// Whether a value of the type may hold a secret.
[[nodiscard]] bool holds_secret(const pf_type* type);
/// Whether a value of the type can be written as JSON and read back.
[[nodiscard]] bool is_storable(const pf_type* type);
/// Whether each value of the type is read back from JSON as what it was, without a look at it.
[[nodiscard]] bool is_exact_in_json(const pf_type* type);

}  // namespace pflow::rt
