/// The names that a declaration uses and does not say where from.
#pragma once

#include <unordered_set>

#include "frontend/ast/ast.h"

namespace pflow::sema {

/// Adds every name of a call, a method, a type or a plain reference.
void collect_used_names(const ast::Decl& decl, std::unordered_set<Symbol>& names);

}  // namespace pflow::sema
