/// Invokes that may come back later: the state is stored, control returns to the
/// scheduler, and `resume` goes on after the invoke.
#pragma once

#include "codegen/function_emitter.h"

namespace pflow::codegen {

void emit_suspending_invoke(FunctionEmitter& f, const ir::Op& op);

}  // namespace pflow::codegen
