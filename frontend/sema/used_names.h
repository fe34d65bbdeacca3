/// The names that a file uses and does not say where from: which interface
/// files must be parsed.
#pragma once

#include <unordered_set>

#include "frontend/ast/ast.h"

namespace pflow::sema {

/// Every name of a call, a method, a type or a plain reference in the file.
[[nodiscard]] std::unordered_set<Symbol> used_names(const ast::File& file);

}  // namespace pflow::sema
