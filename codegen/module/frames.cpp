#include "codegen/module/frames.h"

#include <algorithm>

#include "codegen/calls/call_blocks.h"
#include "codegen/module/behaviour.h"
#include "codegen/module/frame_slots.h"

namespace pflow::codegen {
namespace {

using Block = llvm::StructType* (*)(ModuleEmitter&, const ir::Function&, const ir::Op&);

/// Room for the greatest of the blocks that pending ops read or fill.
llvm::Type* area(ModuleEmitter& module, const ir::Function& source, Block block) {
  uint64_t size = 0;
  for (const ir::Block& from : source.blocks) {
    const ir::Op& last = from.terminator();
    if (may_suspend(module, last))
      size = std::max(size, module.layout.size(block(module, source, last)));
  }
  return llvm::ArrayType::get(module.types.i64, (size + 7) / 8);
}

/// Room for policies, when an op has some.
llvm::Type* policy_area(ModuleEmitter& module, const ir::Function& source) {
  for (const ir::Block& block : source.blocks) {
    const ir::Op& last = block.terminator();
    if (last.opcode == ir::Opcode::Each || !last.policies.empty()) return module.types.policy;
  }
  return llvm::ArrayType::get(module.types.i64, 0);
}

llvm::Constant* describe_field(ModuleEmitter& module, const FramePlan& plan, ir::TypeId type,
                               unsigned field, const std::string& name) {
  return llvm::ConstantStruct::get(
      module.types.frame_slot,
      {module.descriptors.of(type), module.constants.i32(module.layout.offset(plan.type, field)),
       module.constants.c_text(name)});
}

std::string result_name(const ir::Function& source, size_t i) {
  return i < source.result_names.size() ? source.result_names[i] : std::string();
}

std::vector<llvm::Constant*> params(ModuleEmitter& module, const ir::Function& source,
                                    const FramePlan& plan) {
  std::vector<llvm::Constant*> found;
  for (size_t i = 0; i < source.param_count; ++i)
    found.push_back(describe_field(module, plan, source.slots[i].type,
                                   static_cast<unsigned>(plan.slot_field[i]),
                                   source.slots[i].name));
  return found;
}

std::vector<llvm::Constant*> results(ModuleEmitter& module, const ir::Function& source,
                                     const FramePlan& plan) {
  std::vector<llvm::Constant*> found;
  for (size_t i = 0; i < source.results.size(); ++i)
    found.push_back(describe_field(module, plan, source.results[i], plan.result_field[i],
                                   result_name(source, i)));
  return found;
}

/// The counted fields, which the runtime releases with the frame.
std::vector<llvm::Constant*> counted_fields(ModuleEmitter& module, const ir::Function& source,
                                            const FramePlan& plan) {
  std::vector<llvm::Constant*> found;
  for (size_t i = 0; i < source.results.size(); ++i)
    if (module.layout.counted(source.results[i]))
      found.push_back(describe_field(module, plan, source.results[i], plan.result_field[i],
                                     result_name(source, i)));
  for (size_t i = 0; i < source.slots.size(); ++i)
    if (plan.slot_field[i] >= 0 && module.layout.counted(source.slots[i].type))
      found.push_back(describe_field(module, plan, source.slots[i].type,
                                     static_cast<unsigned>(plan.slot_field[i]),
                                     source.slots[i].name));
  return found;
}

/// Which slots live in the frame; of a flow that cannot suspend only its parameters.
std::vector<bool> kept_slots(ModuleEmitter& module, const ir::Function& source, bool suspends) {
  if (suspends)
    return frame_slots(module.source, source,
                       [&](const ir::Op& op) { return may_suspend(module, op); });
  std::vector<bool> kept(source.slots.size(), false);
  std::fill_n(kept.begin(), source.param_count, true);
  return kept;
}

llvm::Constant* description(ModuleEmitter& module, const ir::Function& source,
                            const FunctionPlan& plan) {
  const FramePlan& frame = frame_of(module, plan.id);
  Constants& constants = module.constants;
  std::vector<llvm::Constant*> counted = counted_fields(module, source, frame);
  auto slots = [&](const std::vector<llvm::Constant*>& described) {
    return constants.array(module.types.frame_slot, described);
  };
  return llvm::ConstantStruct::get(
      module.types.frame_info,
      {constants.c_text(source.name), constants.i32(module.layout.size(frame.type)),
       constants.i32(counted.size()), slots(counted), plan.resume,
       constants.i32(source.param_count), constants.i32(source.results.size()),
       slots(params(module, source, frame)), slots(results(module, source, frame)),
       plan.cached ? behaviour(module, plan.id) : constants.null()});
}

void lay_out_frame(ModuleEmitter& module, FunctionPlan& plan) {
  const ir::Function& source = module.source.function(plan.id);
  FramePlan& frame = plan.frame;
  std::vector<llvm::Type*> fields{module.types.frame};
  auto add = [&](llvm::Type* type) {
    fields.push_back(type);
    return static_cast<unsigned>(fields.size() - 1);
  };
  for (ir::TypeId type : source.results) frame.result_field.push_back(add(module.layout.of(type)));
  std::vector<bool> kept = kept_slots(module, source, plan.suspends);
  for (size_t i = 0; i < source.slots.size(); ++i)
    frame.slot_field.push_back(
        kept[i] ? static_cast<int>(add(module.layout.of(source.slots[i].type))) : -1);
  frame.in_field = add(area(module, source, argument_block));
  frame.out_field = add(area(module, source, result_block));
  frame.policy_field = add(policy_area(module, source));
  frame.type = llvm::StructType::create(module.module.getContext(), fields, "frame." + source.name);
}

}  // namespace

const FramePlan& frame_of(ModuleEmitter& module, ir::FunctionId id) {
  const FunctionPlan& known = module.plan(id);
  if (known.frame.type == nullptr) lay_out_frame(module, module.plans[id.index]);
  return known.frame;
}

void describe_frame(ModuleEmitter& module, const FunctionPlan& plan) {
  plan.frame.info->setInitializer(description(module, module.source.function(plan.id), plan));
}

}  // namespace pflow::codegen
