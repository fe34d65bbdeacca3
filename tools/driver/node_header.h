/// The C header of a node package, made from its interface file: an
/// implementation that drifts from the interface does not compile.
#pragma once

#include <string>
#include <string_view>

#include "frontend/ast/ast.h"
#include "support/interner.h"

namespace pflow {

/// The structs `NODE_in` and `NODE_out` of every extern node in `interface`, the
/// records and optionals that they use, and the prototypes of `pfn_MODULE_NODE`.
/// The interface has been checked: its types exist and no record holds itself.
std::string node_header(const ast::File& interface, const Interner& names, std::string_view module);

}  // namespace pflow
