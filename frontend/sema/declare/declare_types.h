/// Declares the schemas and aliases of a file, then gives the schemas their fields.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// All files' first: they may be each other's.
void declare_type_names(Context& ctx, const ast::File& file);
void declare_types(Context& ctx, const ast::File& file);

}  // namespace pflow::sema
