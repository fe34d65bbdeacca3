#include "frontend/lower/flow/policies.h"

#include <algorithm>
#include <cstdint>

#include "frontend/lower/flow/stage_names.h"

namespace pflow::lowering {

using ir::Policy;
using ir::ValueId;

namespace {

/// Whether the op that governs so much has it as an operand.
bool is_operand(const sema::StagePolicy& policy, Governs governs) {
  const ir::PolicyInfo& info = ir::policy_info(policy.kind);
  if (!info.at_run_time) return false;
  return governs == Governs::Stage || (governs == Governs::Whole) == info.is_of_whole();
}

}  // namespace

const ast::Expr* fallback_of(const sema::StageInfo& info) {
  for (const sema::StagePolicy& policy : info.policies)
    if (policy.kind == Policy::Fallback) return policy.value;
  return nullptr;
}

bool has_policies(const sema::StageInfo& info, Governs governs) {
  return std::ranges::any_of(
      info.policies, [&](const sema::StagePolicy& policy) { return is_operand(policy, governs); });
}

ir::Op& add_governed(FlowContext& f, ir::Opcode opcode, std::vector<ValueId> operands,
                     const Policies& policies, ir::TypeId type) {
  operands.insert(operands.end(), policies.values.begin(), policies.values.end());
  ir::Op& op = f.builder.add(opcode, std::move(operands), type);
  op.policies = policies.kinds;
  return op;
}

Policies lower_policies(FlowContext& f, const ast::Stage& stage, const sema::StageInfo& info,
                        Governs governs) {
  Policies made;
  for (const sema::StagePolicy& policy : info.policies) {
    if (!is_operand(policy, governs)) continue;
    if (policy.kind == Policy::Cache && f.module.keeps_nothing()) continue;
    ValueId value;
    if (policy.value == nullptr) {
      const sema::CallInfo* call = called(f, stage.expr);
      value = f.builder.const_int(
          call == nullptr ? 0 : f.program.callable(call->callee).attributes.retries);
    } else if (policy.kind == Policy::Cache && policy.value->kind == ast::ExprKind::Bool) {
      value = f.builder.const_duration(INT64_MAX);  // `true`; sema keeps no `false`
    } else if (policy.kind == Policy::InDoubt) {
      const auto& word = ast::as<ast::TemplateExpr>(*policy.value);
      value = f.builder.const_int(static_cast<int64_t>(*ir::find_doubt(word.literal())));
    } else {
      value = f.exprs.lower_as(*policy.value, ir::policy_type(f.types, policy.kind));
    }
    made.kinds.push_back(policy.kind);
    made.values.push_back(value);
  }
  return made;
}

}  // namespace pflow::lowering
