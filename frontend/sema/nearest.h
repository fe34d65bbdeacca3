/// The help that names what the user may have meant.
#pragma once

#include <string_view>
#include <vector>

#include "support/diagnostics.h"

namespace pflow::sema {

/// Adds `a KIND with a similar name exists` with the edit, when one is near.
void suggest_nearest(DiagnosticBuilder& report, std::string_view name, Span span,
                     std::vector<std::string_view> candidates, std::string_view kind);

}  // namespace pflow::sema
