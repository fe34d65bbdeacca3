/// Declares the schemas and aliases of a file, then gives the schemas their fields.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// All files' first: they may be each other's.
void declare_type_names(Context& ctx, const ast::File& file);
void declare_types(Context& ctx, const ast::File& file);

/// Reports a type name that begins with a lower-case letter, or another name
/// that begins with an upper-case one; `what` is the sort of thing it names.
void check_case(Context& ctx, const ast::Name& name, bool upper, std::string_view what);

}  // namespace pflow::sema
