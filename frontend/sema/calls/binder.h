/// Which value each port of a called node or flow gets (docs/language/keys.md).
#pragma once

#include "frontend/sema/calls/stage_call.h"

namespace pflow::sema {

/// Binds the ports of one call and fills Program::calls; of a generic node its
/// type parameters, too. `checked` is an argument that was checked before, or null.
/// False when a port is left without a value or a type: reported.
bool bind_ports(Env& env, const ast::CallExpr& call, CallableId id, const StageCall* stage,
                const ast::Expr* checked);

}  // namespace pflow::sema
