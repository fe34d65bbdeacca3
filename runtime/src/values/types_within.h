/// What holds of a type because of the types inside it. The type lasts as long as the program.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

/// Whether a value of the type may hold a secret.
[[nodiscard]] bool holds_secret(const pf_type* type);
/// Whether a value of the type can be written as JSON and read back.
[[nodiscard]] bool is_storable(const pf_type* type);

}  // namespace pflow::rt
