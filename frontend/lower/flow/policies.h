/// The policies that the runtime carries out, as operands of the op that they govern.
#pragma once

#include "frontend/lower/flow/flow_context.h"

namespace pflow::lowering {

/// Policies as operands.
struct Policies {
  std::vector<ir::Policy> kinds;
  std::vector<ir::ValueId> values;
};
enum class Governs : uint8_t { Stage, Whole, Item };

/// Null without one.
const ast::Expr* fallback_of(const sema::StageInfo& info);
bool has_policies(const sema::StageInfo& info, Governs governs);
Policies lower_policies(FlowContext& f, const ast::Stage& stage, const sema::StageInfo& info,
                        Governs governs);
ir::Op& add_governed(FlowContext& f, ir::Opcode opcode, std::vector<ir::ValueId> operands,
                     const Policies& policies, ir::TypeId type = {});

}  // namespace pflow::lowering
