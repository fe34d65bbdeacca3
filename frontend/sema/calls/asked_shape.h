/// Whether the provider of a model holds its answers to the schema that is asked for.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// Warns of a call with a `schema` beyond what the provider of its `model`, a literal, takes.
void check_asked_shape(Context& ctx, const ast::CallExpr& call);

}  // namespace pflow::sema
