/// JSON strings: escapes, and valid UTF-8 whatever the input.
#pragma once

#include <string>
#include <string_view>

namespace pflow {

/// With its quotes; bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string json_string(std::string_view text);

}  // namespace pflow
