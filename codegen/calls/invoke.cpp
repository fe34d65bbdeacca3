/// The ops `call` and `invoke`: at once, or by a suspension.
#include "codegen/calls/calls.h"
#include "codegen/calls/children.h"
#include "codegen/calls/suspension.h"
#include "codegen/module/frames.h"
#include "codegen/ops/handlers.h"
#include "pflow/abi.h"

namespace pflow::codegen {

namespace {

/// Calls what cannot suspend. The pf_call of a node with actions, else null.
llvm::Value* call_directly(FunctionEmitter& f, const ir::Op& op) {
  llvm::Value* call = nullptr;
  llvm::CallInst* all = nullptr;
  if (op.callee.node.valid()) {
    if (!f.module.source.node(op.callee.node).actions.empty())
      call = f.scratch(f.module.types.call);
    llvm::Value* given = call != nullptr ? call : f.module.constants.null();
    all = call_internal(f, f.module.nodes.direct(op.callee.node),
                        arguments(f, op, {given, f.module.sites.of(op)}));
  } else {
    all = call_internal(f, f.module.plan(op.callee.function).function, arguments(f, op, {}));
  }
  auto failed = static_cast<unsigned>(output_types(f, op).size());
  f.fail_when(f.b.CreateExtractValue(all, failed));
  place_outputs(f, op, [&](unsigned i) { return f.b.CreateExtractValue(all, i); });
  return call;
}

void invoke_node(FunctionEmitter& f, const ir::Op& op) {
  NodeCalls& nodes = f.module.nodes;
  ir::NodeId node = op.callee.node;
  llvm::Value* in = f.frame_field(f.plan.frame.in_field, "in");
  llvm::Value* out = f.frame_field(f.plan.frame.out_field, "out");
  llvm::Value* started = call_internal(
      f, nodes.start(node), arguments(f, op, {f.frame(), in, out, f.module.sites.of(op)}));
  llvm::Value* status = suspend_while_pending(f, started);
  out = f.frame_field(f.plan.frame.out_field, "out");
  f.fail_when(f.b.CreateICmpEQ(status, f.b.getInt32(PF_FAILED)),
              [&] { call_internal(f, nodes.fail(node), {pending_call(f), out}); });
  std::vector<ir::TypeId> types = output_types(f, op);
  place_outputs(f, op, [&](unsigned i) -> llvm::Value* {
    return f.b.CreateLoad(f.module.layout.of(types[i]), nodes.output(f.b, node, out, i));
  });
  follow_action(f, op, pending_call(f));
}

/// A frame for the child, with the arguments retained in its parameter slots.
llvm::Value* make_child(FunctionEmitter& f, const ir::Op& op, const FramePlan& child) {
  llvm::Value* frame = f.call(Runtime::pf_frame_new, {child.info});
  for (unsigned i = 0; i < op.operands.size(); ++i) {
    f.module.ownership.retain(f.b, f.operand(op, i), f.operand_type(op, i));
    auto field = static_cast<unsigned>(child.slot_field[i]);
    f.b.CreateStore(f.operand(op, i), f.b.CreateStructGEP(child.type, frame, field));
  }
  return frame;
}

void invoke_flow(FunctionEmitter& f, const ir::Op& op) {
  const FramePlan& child = frame_of(f.module, op.callee.function);
  llvm::Value* made = make_child(f, op, child);
  begin_pending_call(f, op, made);
  llvm::Value* status =
      suspend_while_pending(f, f.call(Runtime::pf_frame_start, {made, f.frame()}));
  // After a suspension only the frame knows the child.
  llvm::Value* frame = f.b.CreateLoad(f.module.types.ptr, call_field(f, kCallState), "child");
  f.fail_when(f.b.CreateICmpEQ(status, f.b.getInt32(PF_FAILED)), [&] {
    f.call(Runtime::pf_raise_call, {pending_call(f)});
    f.call(Runtime::pf_frame_free, {frame});
  });
  place_outputs(f, op, [&](unsigned i) -> llvm::Value* {
    llvm::Value* field = f.b.CreateStructGEP(child.type, frame, child.result_field[i]);
    llvm::Type* type = child.type->getElementType(child.result_field[i]);
    llvm::Value* result = f.b.CreateLoad(type, field);
    f.b.CreateStore(llvm::Constant::getNullValue(type), field);
    return result;
  });
  f.call(Runtime::pf_frame_free, {frame});
  follow_action(f, op, nullptr);
}

void invoke_with_suspension(FunctionEmitter& f, const ir::Op& op) {
  if (!op.policies.empty())
    emit_try(f, op);
  else if (op.callee.node.valid())
    invoke_node(f, op);
  else
    invoke_flow(f, op);
}

}  // namespace

void emit_Call(FunctionEmitter& f, const ir::Op& op) { call_directly(f, op); }

void emit_Invoke(FunctionEmitter& f, const ir::Op& op) {
  if (!op.policies.empty() || f.module.suspends(op.callee)) return invoke_with_suspension(f, op);
  llvm::Value* call = call_directly(f, op);
  follow_action(f, op, call);
}

}  // namespace pflow::codegen
