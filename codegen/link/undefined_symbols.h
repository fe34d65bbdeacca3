/// What lld says of names that nothing defines, as far as packages are behind it.
#pragma once

#include <string_view>
#include <vector>

#include "codegen/codegen.h"

namespace pflow::codegen {

/// Reports each such name that a package needs, or should have: false when there is none.
[[nodiscard]] bool report_undefined(const std::vector<PackageArchive>& packages,
                                    std::string_view messages, Diagnostics& diagnostics);

}  // namespace pflow::codegen
