/// What two texts differ in, as `diff -u` shows it.
#pragma once

#include <string>
#include <string_view>

namespace pflow {

/// Empty when the texts are the same. `name` stands for both in the first lines.
[[nodiscard]] std::string unified_diff(std::string_view before, std::string_view after,
                                       std::string_view name);

}  // namespace pflow
