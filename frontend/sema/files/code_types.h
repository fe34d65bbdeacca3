/// The types that the code of a package sees.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// Whether it is a node that an archive carries out.
[[nodiscard]] bool declares_code(const ast::Decl& decl);

/// The header of a package is made of its interface alone. Reports each type of another file that
/// a node with code uses; false when there is one. Needs: what the file's imports bring.
[[nodiscard]] bool check_code_types(Context& ctx, const ast::File& interface);

}  // namespace pflow::sema
