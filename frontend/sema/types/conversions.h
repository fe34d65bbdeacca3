/// Which type becomes which by itself (docs/language/types.md), and the least
/// type that two types reach. Pure functions over the type table.
#pragma once

#include "ir/types.h"

namespace pflow::sema {

/// Whether a value of `from` may stand where `to` is wanted. The error type
/// fits everywhere, so that one report stays one.
[[nodiscard]] bool converts(const ir::TypeTable& types, ir::TypeId from, ir::TypeId to);

/// The least type that both reach, or none.
[[nodiscard]] ir::TypeId join_types(ir::TypeTable& types, ir::TypeId a, ir::TypeId b);

/// The type without its `?`; itself when it has none.
[[nodiscard]] ir::TypeId unwrapped(const ir::TypeTable& types, ir::TypeId type);

/// Whether `"${value}"` may hold a value of the type.
[[nodiscard]] bool can_interpolate(const ir::TypeTable& types, ir::TypeId type);

/// Whether JSON can hold a value of the type: no streams, templates and secrets.
[[nodiscard]] bool is_jsonable(const ir::TypeTable& types, ir::TypeId type);

/// Whether the type is `cmd`, `url` or `sql`.
[[nodiscard]] bool is_template_type(const ir::TypeTable& types, ir::TypeId type);

/// Whether a value of the type has a `secret` in it.
[[nodiscard]] bool holds_secret(const ir::TypeTable& types, ir::TypeId type);

/// Whether a value of the type has a `tool` in it.
[[nodiscard]] bool holds_tool(const ir::TypeTable& types, ir::TypeId type);

/// Whether `<` and sorting know an order for the type.
[[nodiscard]] bool is_ordered(const ir::TypeTable& types, ir::TypeId type);

}  // namespace pflow::sema
