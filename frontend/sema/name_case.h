/// The case of the first letter of a declared name.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// Reports a type name that begins with a lower-case letter, or another name
/// that begins with an upper-case one; `what` is the sort of thing it names.
void check_case(Context& ctx, const ast::Name& name, bool upper, std::string_view what);

}  // namespace pflow::sema
