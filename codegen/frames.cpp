#include "codegen/frames.h"

#include <algorithm>

#include "codegen/frame_slots.h"

namespace pflow::codegen {
namespace {

/// Room for the greatest of the structs that pending nodes read or fill.
llvm::Type* area(ModuleEmitter& module, const ir::Function& source,
                 llvm::StructType* (NodeCalls::*part)(ir::NodeId)) {
  uint64_t size = 0;
  for (const ir::Block& block : source.blocks) {
    const ir::Op& last = block.terminator();
    if (last.opcode != ir::Opcode::Invoke || !last.callee.node.valid()) continue;
    llvm::StructType* type = (module.nodes.*part)(last.callee.node);
    size = std::max(size, module.layout.size(type));
  }
  return llvm::ArrayType::get(module.types.i64, (size + 7) / 8);
}

/// The counted fields, which the runtime releases with the frame.
std::vector<llvm::Constant*> counted_fields(ModuleEmitter& module, const ir::Function& source,
                                            const FramePlan& plan) {
  std::vector<llvm::Constant*> found;
  auto add = [&](ir::TypeId type, unsigned field) {
    if (!module.layout.counted(type)) return;
    uint64_t offset = module.layout.offset(plan.type, field);
    found.push_back(llvm::ConstantStruct::get(
        module.types.frame_slot, {module.descriptors.of(type), module.constants.i32(offset)}));
  };
  for (size_t i = 0; i < source.results.size(); ++i) add(source.results[i], plan.result_field[i]);
  for (size_t i = 0; i < source.slots.size(); ++i)
    if (plan.slot_field[i] >= 0)
      add(source.slots[i].type, static_cast<unsigned>(plan.slot_field[i]));
  return found;
}

}  // namespace

void plan_frame(ModuleEmitter& module, FunctionPlan& plan) {
  const ir::Function& source = module.source.function(plan.id);
  FramePlan& frame = plan.frame;
  std::vector<llvm::Type*> fields{module.types.frame};
  auto add = [&](llvm::Type* type) {
    fields.push_back(type);
    return static_cast<unsigned>(fields.size() - 1);
  };
  for (ir::TypeId type : source.results) frame.result_field.push_back(add(module.layout.of(type)));
  std::vector<bool> kept = frame_slots(
      module.source, source, [&](const ir::Callee& callee) { return module.suspends(callee); });
  for (size_t i = 0; i < source.slots.size(); ++i)
    frame.slot_field.push_back(
        kept[i] ? static_cast<int>(add(module.layout.of(source.slots[i].type))) : -1);
  frame.in_field = add(area(module, source, &NodeCalls::in_type));
  frame.out_field = add(area(module, source, &NodeCalls::out_type));
  frame.type = llvm::StructType::create(module.module.getContext(), fields, "frame." + source.name);

  std::vector<llvm::Constant*> counted = counted_fields(module, source, frame);
  frame.info = module.constants.global(
      module.types.frame_info,
      llvm::ConstantStruct::get(
          module.types.frame_info,
          {module.constants.c_text(source.name),
           module.constants.i32(module.layout.size(frame.type)),
           module.constants.i32(counted.size()),
           module.constants.array(module.types.frame_slot, counted), plan.function}));
  frame.info->setName("frame_info." + source.name);
}

}  // namespace pflow::codegen
