/// What the type parameters of a generic node may stand for.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// A parameter named `Ordered` stands for a type with an order, one named `Number`
/// for `int`, `float` or `duration`. None stands for a stream or template, and one
/// that no output has for no secret, as what takes it shows it. False after a report.
bool check_instance(Context& ctx, const ast::CallExpr& call, const Callable& callable,
                    const CallInfo& info);

}  // namespace pflow::sema
