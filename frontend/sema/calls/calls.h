/// Calls: who is called, which argument goes to which port (docs/language/keys.md),
/// what comes back. Fills Program::calls and functions.
#pragma once

#include "frontend/sema/calls/builtins.h"
#include "frontend/sema/calls/stage_call.h"
#include "frontend/sema/context.h"

namespace pflow::sema {

/// The type of the call's value; void when it has none and is a stage.
ir::TypeId check_call(Env& env, const ast::CallExpr& call, Expect expect, const StageCall* stage);

/// A call of a node of the compiler.
ir::TypeId check_builtin(Env& env, const ast::CallExpr& call, const BuiltinInfo& info,
                         Expect expect, const StageCall* stage);

/// The argument of `map` and the like: a lambda or a pure node's name. Gives the
/// type of its result, or the error type.
ir::TypeId check_function(Env& env, const ast::Expr& expr, std::string_view callee,
                          const std::vector<ir::TypeId>& params, Expect expect);

/// Reports a value that the stage's call also names in its arguments.
void check_sent_twice(Env& env, const ast::CallExpr& call, const StageCall& stage);

}  // namespace pflow::sema
