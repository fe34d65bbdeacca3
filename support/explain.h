/// The pages of docs/errors, built into the compiler.
#pragma once

#include <string_view>

namespace pflow {

/// The page of `PF0301` (also `pf0301`, `0301`, `301`); empty when there is none.
[[nodiscard]] std::string_view explain_page(std::string_view code);

}  // namespace pflow
