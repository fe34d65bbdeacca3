/// What tests for `none` show: within the arm of an `if` or `match`, or to the
/// right of `and` and `or`, a key or a field path from one is known to be set.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// What is known to be set where the checked condition holds, or does not: added
/// to `env.narrowed`. Who opened the arm cuts `narrowed` back afterwards.
void narrow(Env& env, const ast::Expr& condition, bool holds);

/// The same for a checked expression that is not `none` where the arm stands.
void narrow_set(Env& env, const ast::Expr& subject);

/// The type of a read of the key, or of the fields `path` from it: `declared`
/// unless it is known to be set.
[[nodiscard]] ir::TypeId narrowed_type(const Env& env, KeyId key, std::span<const Symbol> path,
                                       ir::TypeId declared);

/// The type of a checked field read `a.b.c`, by the same rule; `declared` when
/// it does not begin with a key.
[[nodiscard]] ir::TypeId narrowed_field(const Env& env, const ast::FieldExpr& expr,
                                        ir::TypeId declared);

}  // namespace pflow::sema
