/// Whether a value is read back from JSON as what it was.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

/// True only when it certainly is: of values that JSON has several forms for, such as maps and
/// sums, it takes reading to know.
[[nodiscard]] bool is_exact_in_json(const void* value, const pf_type* type);

}  // namespace pflow::rt
