/// Types as they are written, to types.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// The type that `expr` names. What is wrong is reported and gives the error type.
ir::TypeId resolve_type(Context& ctx, const ast::TypeExpr& expr);

/// Whether the word is a built-in type's: `str`, `int`.
[[nodiscard]] bool is_builtin_type(std::string_view word);

/// Whether the port type is the interface word `display`: any value, as its text.
[[nodiscard]] bool is_display(const Context& ctx, const ast::TypeExpr& expr);

}  // namespace pflow::sema
