#include "codegen/calls.h"

#include "codegen/handlers.h"
#include "codegen/suspension.h"
#include "pflow/abi.h"

namespace pflow::codegen {

std::vector<ir::TypeId> output_types(FunctionEmitter& f, const ir::Callee& callee) {
  if (callee.function.valid()) return f.module.source.function(callee.function).results;
  std::vector<ir::TypeId> types;
  for (const ir::NodePort& port : f.module.source.node(callee.node).outputs)
    types.push_back(port.type);
  return types;
}

void store_inputs(FunctionEmitter& f, const ir::Op& op, llvm::Value* in) {
  llvm::StructType* type = f.module.node_in(f.module.source.node(op.callee.node));
  for (unsigned i = 0; i < op.operands.size(); ++i)
    f.b.CreateStore(f.operand(op, i), f.b.CreateStructGEP(type, in, i));
}

void begin_call(FunctionEmitter& f, const ir::Op& op, llvm::Value* call, llvm::Value* frame,
                llvm::Value* state) {
  const AbiTypes& types = f.module.types;
  auto set = [&](CallField field, llvm::Value* value) {
    f.b.CreateStore(value, f.b.CreateStructGEP(types.call, call, field));
  };
  set(kCallSite, f.module.sites.of(op));
  set(kCallFrame, frame);
  set(kCallAction, f.module.constants.null());
  set(kCallStatus, f.b.getInt32(0));
  set(kCallCancel, f.module.constants.null());
  set(kCallState, state);
  set(kCallError, f.module.constants.null());
}

void fail_when_node_failed(FunctionEmitter& f, const ir::Op& op, llvm::Value* status,
                           llvm::Value* call, llvm::Value* out) {
  f.fail_when(f.b.CreateICmpEQ(status, f.b.getInt32(PF_FAILED)), [&] {
    f.call(Runtime::pf_raise_call, {call});
    std::vector<ir::TypeId> types = output_types(f, op.callee);
    llvm::StructType* struct_type = f.module.node_out(f.module.source.node(op.callee.node));
    for (unsigned i = 0; i < types.size(); ++i) {
      if (!f.module.layout.counted(types[i])) continue;
      llvm::Value* at = f.b.CreateStructGEP(struct_type, out, i);
      f.module.ownership.release_cold(f.b, f.b.CreateLoad(struct_type->getElementType(i), at),
                                      types[i]);
    }
  });
}

void place_outputs(FunctionEmitter& f, const ir::Op& op,
                   llvm::function_ref<llvm::Value*(unsigned)> output) {
  std::vector<ir::TypeId> types = output_types(f, op.callee);
  for (unsigned i = 0; i < types.size(); ++i) {
    bool has_slot = i < op.slots.size() && op.slots[i].valid();
    if (op.output == static_cast<int>(i)) f.define(op, output(i));
    else if (has_slot) f.set_slot(op.slots[i], output(i));
    else if (f.module.layout.counted(types[i])) f.module.ownership.release(f.b, output(i), types[i]);
  }
}

void place_node_outputs(FunctionEmitter& f, const ir::Op& op, llvm::Value* out) {
  llvm::StructType* type = f.module.node_out(f.module.source.node(op.callee.node));
  place_outputs(f, op, [&](unsigned i) -> llvm::Value* {
    return f.b.CreateLoad(type->getElementType(i), f.b.CreateStructGEP(type, out, i));
  });
}

namespace {

llvm::Value* call_node(FunctionEmitter& f, const ir::Op& op) {
  const ir::Node& node = f.module.source.node(op.callee.node);
  llvm::Constant* none = f.module.constants.null();
  llvm::Value* in = none;
  llvm::Value* out = none;
  if (!node.ports.empty()) {
    in = f.scratch(f.module.node_in(node));
    store_inputs(f, op, in);
  }
  if (!node.outputs.empty()) {
    llvm::StructType* type = f.module.node_out(node);
    out = f.scratch(type);
    f.b.CreateStore(llvm::Constant::getNullValue(type), out);
  }
  llvm::Value* call = f.scratch(f.module.types.call);
  begin_call(f, op, call, none, none);
  llvm::Value* status = f.b.CreateCall(f.module.node_function(node), {call, in, out});
  fail_when_node_failed(f, op, status, call, out);
  place_node_outputs(f, op, out);
  return call;
}

void call_function(FunctionEmitter& f, const ir::Op& op) {
  llvm::Function* callee = f.module.plan(op.callee.function).function;
  std::vector<llvm::Value*> arguments;
  for (ir::ValueId operand : op.operands) arguments.push_back(f.value(operand));
  llvm::CallInst* all = f.b.CreateCall(callee, arguments);
  all->setCallingConv(callee->getCallingConv());
  auto results = static_cast<unsigned>(output_types(f, op.callee).size());
  f.fail_when(f.b.CreateExtractValue(all, results));
  place_outputs(f, op, [&](unsigned i) { return f.b.CreateExtractValue(all, i); });
}

}  // namespace

llvm::Value* emit_direct_call(FunctionEmitter& f, const ir::Op& op) {
  if (op.callee.node.valid()) return call_node(f, op);
  call_function(f, op);
  return nullptr;
}

void follow_action(FunctionEmitter& f, const ir::Op& op, llvm::Value* call) {
  auto go_on = [&] {
    if (op.target.valid()) f.b.CreateBr(f.block(op.target));
    else f.b.CreateUnreachable();
  };
  if (op.edges.empty()) return go_on();
  for (const ir::Edge& edge : op.edges) {
    llvm::BasicBlock* next = f.fresh_block("other");
    llvm::Value* taken =
        f.call(Runtime::pf_action_is, {call, f.module.constants.c_text(edge.label)});
    f.b.CreateCondBr(taken, f.block(edge.target), next);
    f.b.SetInsertPoint(next);
  }
  go_on();
}

void emit_Call(FunctionEmitter& f, const ir::Op& op) { emit_direct_call(f, op); }

void emit_Invoke(FunctionEmitter& f, const ir::Op& op) {
  if (f.module.suspends(op.callee)) return emit_suspending_invoke(f, op);
  llvm::Value* call = emit_direct_call(f, op);
  follow_action(f, op, call);
}

}  // namespace pflow::codegen
