/// The tree as text, for `--emit-ast` and for tests: one node a line, children
/// indented under it, the same for the same tree.
#pragma once

#include <string>

#include "frontend/ast/ast.h"

namespace pflow::ast {

struct PrintOptions {
  /// With the sources, each node's line ends in its place: `@line:column`.
  const SourceMap* places = nullptr;
};

[[nodiscard]] std::string print(const File& file, const Interner& names,
                                const PrintOptions& options = {});

}  // namespace pflow::ast
