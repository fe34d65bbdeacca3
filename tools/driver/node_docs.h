/// The Markdown page of a node interface, for docs/nodes/.
#pragma once

#include <string>

#include "frontend/ast/ast.h"
#include "support/interner.h"
#include "support/source.h"

namespace pflow {

/// One section a module: its doc, then each node with signature and ports, in
/// source order.
[[nodiscard]] std::string node_docs(const ast::File& interface, const SourceMap& sources,
                                    const Interner& names);

}  // namespace pflow
