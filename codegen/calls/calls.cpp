#include "codegen/calls/calls.h"

namespace pflow::codegen {

std::vector<llvm::Value*> arguments(FunctionEmitter& f, const ir::Op& op,
                                    std::vector<llvm::Value*> first) {
  for (ir::ValueId operand : op.operands) first.push_back(f.value(operand));
  return first;
}

llvm::CallInst* call_internal(FunctionEmitter& f, llvm::Function* callee,
                              llvm::ArrayRef<llvm::Value*> arguments) {
  llvm::CallInst* made = f.b.CreateCall(callee, arguments);
  made->setCallingConv(callee->getCallingConv());
  return made;
}

namespace {

std::vector<ir::TypeId> each_output_types(FunctionEmitter& f, const ir::Op& op) {
  ir::TypeTable& table = *f.module.source.types;
  const ir::Function& callee = f.module.source.function(op.callee.function);
  ir::TypeId result = callee.results.empty() ? table.int_ : callee.results.front();
  return {table.list(result), table.int_, table.list(table.item_error_record)};
}

}  // namespace

std::vector<ir::TypeId> output_types(FunctionEmitter& f, const ir::Op& op) {
  std::vector<ir::TypeId> types;
  if (op.opcode == ir::Opcode::Each) return each_output_types(f, op);
  if (op.opcode == ir::Opcode::Par) {
    for (const ir::Branch& branch : op.branches) {
      const std::vector<ir::TypeId>& results = f.module.source.function(branch.flow).results;
      types.insert(types.end(), results.begin(), results.end());
    }
    return types;
  }
  if (op.callee.function.valid()) return f.module.source.function(op.callee.function).results;
  for (const ir::NodePort& port : f.module.source.node(op.callee.node).outputs)
    types.push_back(port.type);
  return types;
}

void place_outputs(FunctionEmitter& f, const ir::Op& op,
                   llvm::function_ref<llvm::Value*(unsigned)> output) {
  std::vector<ir::TypeId> types = output_types(f, op);
  for (unsigned i = 0; i < types.size(); ++i) {
    bool has_slot = i < op.slots.size() && op.slots[i].valid();
    if (op.output == static_cast<int>(i))
      f.define(op, output(i));
    else if (has_slot)
      f.set_slot(op.slots[i], output(i));
    else if (f.module.layout.counted(types[i]))
      f.module.ownership.release(f.b, output(i), types[i]);
  }
}

void follow_action(FunctionEmitter& f, const ir::Op& op, llvm::Value* call) {
  for (const ir::Edge& edge : op.edges) {
    llvm::BasicBlock* next = f.fresh_block("other");
    llvm::Value* taken =
        f.call(Runtime::pf_action_is, {call, f.module.constants.c_text(edge.label)});
    f.b.CreateCondBr(taken, f.block(edge.target), next);
    f.b.SetInsertPoint(next);
  }
  // A node that never ends with `default` has no target for it.
  if (op.target.valid())
    f.b.CreateBr(f.block(op.target));
  else
    f.b.CreateUnreachable();
}

}  // namespace pflow::codegen
