/// Streams: functions and flows that run on their items, and pulling the next one.
#include "codegen/calls/call_blocks.h"
#include "codegen/calls/children.h"
#include "codegen/calls/pipes.h"
#include "codegen/calls/suspension.h"
#include "codegen/function/function_emitter.h"
#include "codegen/ops/handlers.h"
#include "pflow/abi.h"

namespace pflow::codegen {
namespace {

const ir::Function& piped_function(FunctionEmitter& f, const ir::Op& op) {
  return f.module.source.function(op.callee.function);
}

ir::TypeId item_type(FunctionEmitter& f, ir::TypeId stream) {
  return f.module.layout.table().get(stream).element;
}

/// What is captured, on the stack: the runtime retains it.
llvm::Value* captured(FunctionEmitter& f, const ir::Op& op, llvm::StructType* block) {
  llvm::Value* place = f.scratch(block);
  store_operands(f, op, 1, block, place);
  return place;
}

}  // namespace

void emit_StreamPipe(FunctionEmitter& f, const ir::Op& op) {
  llvm::StructType* block = capture_block(f.module, piped_function(f, op));
  f.define(
      op, f.call(Runtime::pf_stream_pipe, {f.operand(op, 0), f.module.plan(op.callee.function).pipe,
                                           captured(f, op, block)}));
}

void emit_StreamEach(FunctionEmitter& f, const ir::Op& op) {
  llvm::StructType* block = parameter_block(f.module, piped_function(f, op), 1);
  llvm::Value* policy = f.scratch(f.module.types.policy);
  store_policy(f, op, policy);
  f.define(op, f.call(Runtime::pf_stream_each,
                      {f.operand(op, 0), f.module.plan(op.callee.function).frame.info,
                       captured(f, op, block), policy, f.module.sites.of(op)}));
}

void emit_StreamOf(FunctionEmitter& f, const ir::Op& op) {
  ir::TypeId item = item_type(f, f.type(op.result));
  f.define(op, f.call(Runtime::pf_stream_of, {f.operand(op, 0), f.module.descriptors.of(item)}));
}

void emit_StreamOnCores(FunctionEmitter& f, const ir::Op& op) {
  f.define(op, f.call(Runtime::pf_stream_on_cores, {f.operand(op, 0)}));
}

void emit_StreamFlatten(FunctionEmitter& f, const ir::Op& op) {
  ir::TypeId item = item_type(f, f.type(op.result));
  f.define(op,
           f.call(Runtime::pf_stream_flatten, {f.operand(op, 0), f.module.descriptors.of(item)}));
}

void emit_StreamNext(FunctionEmitter& f, const ir::Op& op) {
  ir::TypeId item = item_type(f, f.source.slots[op.slot.index].type);
  llvm::Type* type = f.module.layout.of(item);
  llvm::Value* out = f.frame_field(f.plan.frame.out_field, "item");
  f.b.CreateStore(llvm::Constant::getNullValue(type), out);
  begin_pending_call(f, op, f.module.constants.null());
  llvm::Value* stream = f.b.CreateLoad(f.module.types.ptr, f.slot(op.slot));
  llvm::Value* status =
      suspend_while_pending(f, f.call(Runtime::pf_stream_next, {stream, pending_call(f), out}));
  fail_with_call(f, status);
  llvm::BasicBlock* some = f.fresh_block("item");
  f.b.CreateCondBr(f.b.CreateICmpEQ(status, f.b.getInt32(PF_END)), f.block(op.target_false), some);
  f.b.SetInsertPoint(some);
  llvm::Value* made = f.b.CreateLoad(type, f.frame_field(f.plan.frame.out_field));
  if (!op.slots.empty() && op.slots[0].valid())
    f.set_slot(op.slots[0], made);
  else
    f.module.ownership.release(f.b, made, item);
  f.b.CreateBr(f.block(op.target));
}

}  // namespace pflow::codegen
