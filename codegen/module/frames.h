/// The frames of flows that suspend or that the runtime starts: their layout and their
/// pf_frame_info.
#pragma once

#include "codegen/module/module_emitter.h"

namespace pflow::codegen {

/// Lays out the frame of `plan`'s function and describes it to the runtime.
void plan_frame(ModuleEmitter& module, FunctionPlan& plan);

}  // namespace pflow::codegen
