#include "codegen/calls/suspension.h"

#include "codegen/calls/calls.h"
#include "codegen/calls/children.h"
#include "pflow/abi.h"

namespace pflow::codegen {

llvm::Value* pending_call(FunctionEmitter& f) {
  return f.b.CreateStructGEP(f.module.types.frame, f.frame(), kFrameCall, "call");
}

void begin_pending_call(FunctionEmitter& f, const ir::Op& op, llvm::Value* state) {
  f.module.nodes.begin_call(f.b, pending_call(f), f.module.sites.of(op), f.frame(), state);
}

namespace {

llvm::Value* call_field(FunctionEmitter& f, CallField field) {
  return f.b.CreateStructGEP(f.module.types.call, pending_call(f), field);
}

}  // namespace

llvm::Value* suspend_while_pending(FunctionEmitter& f, llvm::Value* status) {
  llvm::BasicBlock* start = f.b.GetInsertBlock();
  llvm::BasicBlock* suspend = f.fresh_block("suspend");
  llvm::BasicBlock* resumed = f.fresh_block("resumed");
  llvm::BasicBlock* done = f.fresh_block("done");
  llvm::Value* pending = f.b.CreateICmpEQ(status, f.b.getInt32(PF_PENDING));
  f.b.CreateCondBr(pending, suspend, done);

  f.b.SetInsertPoint(suspend);
  uint32_t state = f.add_state(resumed);
  f.b.CreateStore(f.b.getInt32(state),
                  f.b.CreateStructGEP(f.module.types.frame, f.frame(), kFrameState));
  f.b.CreateRet(f.b.getInt32(PF_PENDING));

  f.b.SetInsertPoint(resumed);
  llvm::Value* later = f.b.CreateLoad(f.module.types.i32, call_field(f, kCallStatus));
  f.b.CreateBr(done);

  f.b.SetInsertPoint(done);
  llvm::PHINode* both = f.b.CreatePHI(f.module.types.i32, 2, "status");
  both->addIncoming(status, start);
  both->addIncoming(later, resumed);
  return both;
}

void fail_with_call(FunctionEmitter& f, llvm::Value* status) {
  f.fail_when(f.b.CreateICmpEQ(status, f.b.getInt32(PF_FAILED)),
              [&] { f.call(Runtime::pf_raise_call, {pending_call(f)}); });
}

namespace {

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
  const FramePlan& child = f.module.plan(op.callee.function).frame;
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

}  // namespace

void emit_suspending_invoke(FunctionEmitter& f, const ir::Op& op) {
  if (!op.policies.empty())
    emit_try(f, op);
  else if (op.callee.node.valid())
    invoke_node(f, op);
  else
    invoke_flow(f, op);
}

}  // namespace pflow::codegen
