/// What the nodes of a package look like to its code, as one hash.
#pragma once

#include <string>

#include "frontend/ast/ast.h"
#include "support/interner.h"

namespace pflow::packages {

/// Equal when the header of the interface is.
[[nodiscard]] std::string interface_hash(const ast::File& interface, const Interner& names,
                                         const std::string& package);

}  // namespace pflow::packages
