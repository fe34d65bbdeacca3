#include "codegen/calls/call_blocks.h"

namespace pflow::codegen {
namespace {

llvm::StructType* together(ModuleEmitter& module, const std::vector<llvm::Type*>& blocks) {
  return llvm::StructType::get(module.module.getContext(), blocks);
}

/// The list and what is captured.
llvm::StructType* each_arguments(ModuleEmitter& module, const ir::Function& function,
                                 const ir::Op& op) {
  std::vector<ir::TypeId> types;
  for (size_t i = 0; i + op.policies.size() < op.operands.size(); ++i)
    types.push_back(function.values[op.operands[i].index].type);
  return module.layout.aggregate(types);
}

}  // namespace

bool may_suspend(const ModuleEmitter& module, const ir::Op& op) {
  if (!op.may_wait()) return false;
  return op.opcode != ir::Opcode::Invoke || !op.policies.empty() || module.suspends(op.callee);
}

llvm::StructType* parameter_block(ModuleEmitter& module, const ir::Function& callee,
                                  size_t skipped) {
  std::vector<ir::TypeId> types;
  for (size_t i = skipped; i < callee.param_count; ++i) types.push_back(callee.slots[i].type);
  return module.layout.aggregate(types);
}

llvm::StructType* argument_block(ModuleEmitter& module, const ir::Function& function,
                                 const ir::Op& op) {
  if (op.opcode == ir::Opcode::Each) return each_arguments(module, function, op);
  if (op.opcode == ir::Opcode::Par) {
    std::vector<llvm::Type*> blocks;
    for (const ir::Branch& branch : op.branches)
      blocks.push_back(parameter_block(module, module.source.function(branch.flow)));
    return together(module, blocks);
  }
  if (op.opcode == ir::Opcode::Invoke) {
    if (op.callee.node.valid()) return module.nodes.in_block(op.callee.node);
    if (!op.policies.empty())
      return parameter_block(module, module.source.function(op.callee.function));
  }
  return together(module, {});
}

llvm::StructType* result_block(ModuleEmitter& module, const ir::Function& function,
                               const ir::Op& op) {
  if (op.opcode == ir::Opcode::Each) return module.types.each_out;
  if (op.opcode == ir::Opcode::Par) {
    std::vector<llvm::Type*> blocks;
    for (const ir::Branch& branch : op.branches)
      blocks.push_back(module.layout.aggregate(module.source.function(branch.flow).results));
    return together(module, blocks);
  }
  if (op.opcode == ir::Opcode::StreamNext) {
    ir::TypeId stream = function.slots[op.slot.index].type;
    return module.layout.aggregate({module.layout.table().get(stream).element});
  }
  if (op.opcode == ir::Opcode::Invoke) {
    if (op.callee.node.valid()) return module.nodes.out_block(op.callee.node);
    if (!op.policies.empty())
      return module.layout.aggregate(module.source.function(op.callee.function).results);
  }
  return together(module, {});
}

}  // namespace pflow::codegen
