/// SHA-256 of texts, none of which runs into the next.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pflow::run {

/// 64 hexadecimal digits.
[[nodiscard]] std::string digest(const std::vector<std::string_view>& texts);

}  // namespace pflow::run
