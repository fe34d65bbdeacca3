/// The programs of the folders that the client works in.
#pragma once

#include <string>
#include <vector>

#include "tools/lsp/session.h"

namespace pflow::lsp {

/// The paths of `.pf` files in whose text the word stands. Hidden folders are left out, and what
/// lies past a bound on their number.
[[nodiscard]] std::vector<std::string> programs_with(Session& session, std::string_view word);

}  // namespace pflow::lsp
