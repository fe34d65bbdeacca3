// The policies that the runtime carries out, as operands of the op that they govern.
#include "frontend/lower/flow/flow_lowering.h"

namespace pflow {

using ir::Policy;
using ir::ValueId;
using sema::PolicyKind;

namespace {

/// What the runtime calls a policy; false when that has no part in it.
bool runtime_policy(PolicyKind kind, Policy& policy) {
  switch (kind) {
    case PolicyKind::Retries: policy = Policy::Retries; return true;
    case PolicyKind::Wait: policy = Policy::Wait; return true;
    case PolicyKind::Backoff: policy = Policy::Backoff; return true;
    case PolicyKind::MaxWait: policy = Policy::MaxWait; return true;
    case PolicyKind::Jitter: policy = Policy::Jitter; return true;
    case PolicyKind::RetryOn: policy = Policy::RetryOn; return true;
    case PolicyKind::Timeout: policy = Policy::Timeout; return true;
    case PolicyKind::Deadline: policy = Policy::Deadline; return true;
    case PolicyKind::Cache: policy = Policy::Cache; return true;
    case PolicyKind::Parallel: policy = Policy::Parallel; return true;
    case PolicyKind::Rate: policy = Policy::Rate; return true;
    case PolicyKind::OnError:
    case PolicyKind::Fallback:
    case PolicyKind::Max: break;
  }
  return false;
}

bool is_false(const sema::StagePolicy& policy) {
  return policy.kind == PolicyKind::Cache && policy.value != nullptr &&
         policy.value->kind == ast::ExprKind::Bool && !ast::as<ast::BoolExpr>(*policy.value).value;
}

}  // namespace

const ast::Expr* FlowLowering::fallback_of(const sema::StageInfo& info) {
  for (const sema::StagePolicy& policy : info.policies)
    if (policy.kind == PolicyKind::Fallback) return policy.value;
  return nullptr;
}

namespace {

/// `parallel rate on_error deadline` govern an `each` as a whole, the others one item.
bool is_for_whole(Policy policy) {
  return policy == Policy::Parallel || policy == Policy::Rate || policy == Policy::Deadline;
}

}  // namespace

bool FlowLowering::has_policies(const sema::StageInfo& info, Governs governs) {
  for (const sema::StagePolicy& policy : info.policies) {
    Policy kind;
    if (!runtime_policy(policy.kind, kind) || is_false(policy)) continue;
    if (governs == Governs::Stage || (governs == Governs::Whole) == is_for_whole(kind)) return true;
  }
  return false;
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
    Policy kind;
    if (!runtime_policy(policy.kind, kind) || is_false(policy)) continue;
    if (governs != Governs::Stage && (governs == Governs::Whole) != is_for_whole(kind)) continue;
    ValueId value;
    if (policy.value == nullptr) {
      const sema::CallInfo* call = called(stage.expr);
      value = builder_.const_int(
          call == nullptr ? 0 : program_.callable(call->callee).attributes.retries);
    } else if (kind == Policy::Cache && policy.value->kind == ast::ExprKind::Bool) {
      value = builder_.const_duration(0);
    } else if (kind == Policy::RetryOn) {
      value = expressions_.lower_as(*policy.value, types_.list(types_.str));
    } else {
      const bool is_int = kind == Policy::Retries || kind == Policy::Parallel;
      const bool is_float = kind == Policy::Backoff || kind == Policy::Rate;
      value = expressions_.lower_as(*policy.value, is_int                   ? types_.int_
                                                   : is_float               ? types_.float_
                                                   : kind == Policy::Jitter ? types_.bool_
                                                                            : types_.duration);
    }
    made.kinds.push_back(kind);
    made.values.push_back(value);
  }
  return made;
}

}  // namespace pflow
