/// Alternatives in patterns.
#pragma once

#include "pflow/node.hpp"

namespace pf_files {

/// Adds the patterns that one with `{a,b}` stands for: one for each choice, which may
/// hold further ones. Braces without a comma or an end, and those in a set, are
/// themselves. False: there are more than a walk should go for.
[[nodiscard]] bool expand_braces(std::string_view pattern, pflow::TextList& out);

}  // namespace pf_files
