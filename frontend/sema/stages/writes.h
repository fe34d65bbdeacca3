/// What a stage writes: `-> key` and `-> { port: key }`.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// Fills StageInfo::writes with the stage's bindings, each held to its key's type.
/// Needs: the stage's value.
void add_writes(Context& ctx, Scope& scope, StageInfo& info);

/// Adds the outputs that are read by their natural names or as `label.port`.
/// Needs: all reads of the flow.
void add_output_writes(Context& ctx, Scope& scope);

}  // namespace pflow::sema
