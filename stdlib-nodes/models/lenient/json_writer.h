/// A tree that fits its type as JSON, for the strict reader.
#pragma once

#include <string>

#include "tree.h"

namespace pf_models::lenient {

[[nodiscard]] std::string json_of(const Node& node);

}  // namespace pf_models::lenient
