/// Numbers as people write them: `$1,234.50`, `12 %`, `1 000 000`, `EUR 5`.
#pragma once

#include <string>
#include <string_view>

namespace pf_models::lenient {

struct NumberWords {
  std::string digits;  ///< as JSON has them; empty: no number
  std::string other;   ///< not empty: it may as well be this one, so it is neither
};

/// The text as one number. Digits are grouped by thousands with `,`, blanks, `'` or `_`; what
/// could be the comma of a fraction is told with both readings.
[[nodiscard]] NumberWords number_of(std::string_view text);
/// The one number in a sentence; where there are several, or none, `digits` is empty.
[[nodiscard]] NumberWords number_within(std::string_view text);

}  // namespace pf_models::lenient
