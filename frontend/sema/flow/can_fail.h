/// Whether evaluating an expression can fail, as its form alone tells.
#pragma once

#include "frontend/ast/ast.h"

namespace pflow::sema {

/// Calls, arithmetic and indexing can; literals, names, fields, templates and
/// comparisons of such cannot. Does not recurse.
[[nodiscard]] bool can_fail(const ast::Expr& expr);

}  // namespace pflow::sema
