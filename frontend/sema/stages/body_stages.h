/// Stages with bodies: `{ … }`, `par`, `each`, `repeat`, `if`, `match`; and what they
/// give.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// Checks the form and its statements. The type of its value; void without.
ir::TypeId check_body_stage(Context& ctx, Scope& scope, const ast::Stage& stage);

}  // namespace pflow::sema
