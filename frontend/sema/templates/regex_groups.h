/// The groups of literal regular expressions are those that a schema asks for.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// Reports a call of `capture` whose pattern and schema do not fit each other.
void check_capture(Context& ctx, const ast::CallExpr& call);

}  // namespace pflow::sema
