/// The manual page, from the table of commands.
#pragma once

#include <string>

namespace pflow::shell {

/// In the macros of man(7).
[[nodiscard]] std::string manual_page();

}  // namespace pflow::shell
