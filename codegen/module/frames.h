/// The frames of flows that suspend or that the runtime starts: their layout and their
/// pf_frame_info.
#pragma once

#include "codegen/module/module_emitter.h"

namespace pflow::codegen {

/// The layout of a function's frame, whichever part has the function.
[[nodiscard]] const FramePlan& frame_of(ModuleEmitter& module, ir::FunctionId id);

/// Fills in the `pf_frame_info` of the frame.
void describe_frame(ModuleEmitter& module, const FunctionPlan& plan);

}  // namespace pflow::codegen
