/// The kind that `fail` fails with.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// Reports what is no literal of a kind that flows can handle.
void check_fail_kind(Env& env, const ast::Expr& kind);

}  // namespace pflow::sema
