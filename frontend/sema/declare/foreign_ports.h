/// What can cross to the program that carries out a node.
#pragma once

#include "frontend/ast/foreign_kinds.h"
#include "frontend/sema/context.h"

namespace pflow::sema {

/// Reports the ports and outputs of a node with `by` whose values JSON cannot hold.
void check_foreign_ports(Context& ctx, const Callable& callable, const ast::ForeignKind& kind);

}  // namespace pflow::sema
