/// Fragments that a flow or node of the program gets.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "fragments.pf.hpp"

namespace pf_fragments {

struct Loader {
  std::string_view prefix;  ///< of the names that it is asked for, before a colon
  const pf_tool* tool;
};

/// Those of the call, then those of packages. The first one of a prefix counts.
std::vector<Loader> loaders(const fragment_in* in);

/// Asks the loader that the name begins with; nothing when it begins with none.
std::optional<pf_status> load(pf_call* call, const fragment_in* in, fragment_out* out);

}  // namespace pf_fragments
