/// A fragment that a flow or node of the program gets.
#pragma once

#include <optional>
#include <string_view>

#include "fragments.pf.hpp"

namespace pf_fragments {

/// Asks the loader that the name begins with; nothing when it begins with none.
std::optional<pf_status> load(pf_call* call, const fragment_in* in, fragment_out* out);

}  // namespace pf_fragments
