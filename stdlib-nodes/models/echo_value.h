/// The value that the built-in model `echo` makes up for a type.
#pragma once

#include <string>

#include "pflow/abi.h"

namespace pf_models {

/// JSON of the type, the same every time: texts are the names of their fields, numbers 1, of
/// literals the first by the alphabet, of variants the first, lists have one item, what has a
/// default or may be none has that. A list that would hold itself without end is empty.
[[nodiscard]] std::string echo_value(const pf_type& type);

}  // namespace pf_models
