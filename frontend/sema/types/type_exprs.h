/// Types as they are written, to types.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// The type that `expr` names. What is wrong is reported and gives the error type.
ir::TypeId resolve_type(Context& ctx, const ast::TypeExpr& expr);

/// The type of a declared `type`, which is needed at `use`.
ir::TypeId resolve_alias(Context& ctx, TypeName& entry, Span use);

/// The type of a plain name: built-in, schema, alias or type parameter.
ir::TypeId resolve_type_name(Context& ctx, const ast::Name& name, Span whole = {});

/// The type that an argument names, `schema: Entry` or `.as([str])`: it may have
/// been read as an expression.
ir::TypeId resolve_type_argument(Context& ctx, const ast::Argument& argument);

/// The type, or the error type after a report when lists, maps, optionals and schemas
/// (`where`) hold no values of it: streams and templates.
ir::TypeId held_type(Context& ctx, ir::TypeId type, Span span, std::string_view where);

/// Whether the word is a built-in type's: `str`, `int`.
[[nodiscard]] bool is_builtin_type(std::string_view word);

/// Whether the port type is the word of interfaces: `display` (any value, as its
/// text) or `regex` (a str, of which a literal is checked).
[[nodiscard]] bool is_port_word(const Context& ctx, const ast::TypeExpr& expr,
                                std::string_view word);

}  // namespace pflow::sema
