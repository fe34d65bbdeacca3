/// Where a value stands: `$.items[3].price`.
#pragma once

#include <string>
#include <string_view>

namespace pf_models::lenient {

/// A step of the path; lives on the stack of whoever goes down.
struct Step {
  const Step* outer = nullptr;
  std::string_view key;
  long index = -1;  ///< in a list, when not negative
};

[[nodiscard]] std::string place_of(const Step* step);
/// A text in quotes as messages show it: shortened, with escapes.
[[nodiscard]] std::string shown(std::string_view text);

}  // namespace pf_models::lenient
