/// The functions that a package has to have for the nodes of its interface.
#pragma once

#include <string>
#include <vector>

#include "frontend/ast/ast.h"
#include "support/interner.h"

namespace pflow::packages {

/// Whether the interface declares nodes that an archive carries out.
[[nodiscard]] bool has_code(const ast::File& interface);

/// `pfn_PACKAGE_NODE` of each such node, and those of its attributes.
[[nodiscard]] std::vector<std::string> node_functions(const ast::File& interface,
                                                      const Interner& names,
                                                      const std::string& package);

}  // namespace pflow::packages
