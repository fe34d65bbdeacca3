/// Literal regular expressions are checked before anything runs.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// Reports `value` when it is a literal that RE2 does not accept.
void check_regex(Context& ctx, const ast::Expr& value);

}  // namespace pflow::sema
