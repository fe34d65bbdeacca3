/// Half a surrogate pair in JSON: a model's tokens may cut an emoji in two.
#pragma once

#include <string>
#include <string_view>

namespace pf_models {

/// The same JSON with U+FFFD for each escape that is half a pair (Unicode, 3.9): the rest of
/// the answer is good, and paid for.
std::string with_whole_pairs(std::string_view json);

}  // namespace pf_models
