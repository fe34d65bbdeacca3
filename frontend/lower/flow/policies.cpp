// The policies that the runtime carries out, as operands of the op that they govern.
#include <algorithm>

#include "frontend/lower/flow/flow_lowering.h"

namespace pflow {

using ir::Policy;
using ir::ValueId;

const ast::Expr* FlowLowering::fallback_of(const sema::StageInfo& info) {
  for (const sema::StagePolicy& policy : info.policies)
    if (policy.kind == Policy::Fallback) return policy.value;
  return nullptr;
}

bool FlowLowering::is_operand(const sema::StagePolicy& policy, Governs governs) {
  const ir::PolicyInfo& info = ir::policy_info(policy.kind);
  if (!info.at_run_time) return false;
  return governs == Governs::Stage || (governs == Governs::Whole) == info.is_of_whole();
}

bool FlowLowering::has_policies(const sema::StageInfo& info, Governs governs) {
  return std::ranges::any_of(
      info.policies, [&](const sema::StagePolicy& policy) { return is_operand(policy, governs); });
}

ir::Op& FlowLowering::add_governed(ir::Opcode opcode, std::vector<ValueId> operands,
                                   const Policies& policies, ir::TypeId type) {
  operands.insert(operands.end(), policies.values.begin(), policies.values.end());
  ir::Op& op = builder_.add(opcode, std::move(operands), type);
  op.policies = policies.kinds;
  return op;
}

FlowLowering::Policies FlowLowering::lower_policies(const ast::Stage& stage,
                                                    const sema::StageInfo& info, Governs governs) {
  Policies made;
  for (const sema::StagePolicy& policy : info.policies) {
    if (!is_operand(policy, governs)) continue;
    ValueId value;
    if (policy.value == nullptr) {
      const sema::CallInfo* call = called(stage.expr);
      value = builder_.const_int(
          call == nullptr ? 0 : program_.callable(call->callee).attributes.retries);
    } else if (policy.kind == Policy::Cache && policy.value->kind == ast::ExprKind::Bool) {
      value = builder_.const_duration(INT64_MAX);  // `true`; sema keeps no `false`
    } else {
      value = expressions_.lower_as(*policy.value, ir::policy_type(types_, policy.kind));
    }
    made.kinds.push_back(policy.kind);
    made.values.push_back(value);
  }
  return made;
}

}  // namespace pflow
