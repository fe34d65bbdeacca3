/// Where the outputs of a stage go.
#pragma once

#include "frontend/lower/flow/flow_context.h"

namespace pflow::lowering {

/// An output of a stage: what it is called, its type, its port.
struct Output {
  std::string name;
  ir::TypeId type;
};

std::vector<Output> outputs_of(const FlowContext& f, const sema::CallInfo& call);
/// The slots for a stage's outputs, direct ones where nothing is in the way.
std::vector<ir::SlotId> output_slots(FlowContext& f, const sema::StageInfo& info,
                                     const std::vector<Output>& outputs, int out_port);
/// Stores what did not go to its keys directly.
void write_keys(FlowContext& f, const sema::StageInfo& info, const std::vector<Output>& outputs,
                const std::vector<ir::SlotId>& slots);

}  // namespace pflow::lowering
