#include "codegen/module/emit_module.h"

#include "codegen/forms/wide_values.h"
#include "codegen/function/function_emitter.h"
#include "codegen/module/behaviour.h"
#include "codegen/module/cycles.h"
#include "codegen/module/frames.h"
#include "codegen/module/op_count.h"
#include "codegen/module/program.h"
#include "codegen/module/wrappers.h"

namespace pflow::codegen {

namespace {

/// A function of more ops than this is a long list of stages. In it each slot would
/// become a value at each of the ways out, so it is never optimised.
constexpr size_t kLargeFunction = 3000;
/// In a program of more ops, only what repeats is optimised.
constexpr size_t kSplitModule = 1000;

/// `{results…, i1 failed} name(params…)`.
llvm::FunctionType* direct_type(ModuleEmitter& module, const ir::Function& source) {
  std::vector<llvm::Type*> params;
  for (size_t i = 0; i < source.param_count; ++i)
    params.push_back(module.layout.of(source.slots[i].type));
  std::vector<llvm::Type*> results;
  for (ir::TypeId type : source.results) results.push_back(module.layout.of(type));
  results.push_back(module.types.i1);
  return llvm::FunctionType::get(llvm::StructType::get(module.module.getContext(), results), params,
                                 false);
}

llvm::Function* declare(ModuleEmitter& module, const ir::Function& source, bool suspends) {
  auto* type = suspends ? llvm::FunctionType::get(module.types.i32, {module.types.ptr}, false)
                        : direct_type(module, source);
  llvm::StringRef prefix = source.kind == ir::FunctionKind::Flow ? "flow." : "node.";
  auto* made = llvm::Function::Create(type, llvm::GlobalValue::InternalLinkage,
                                      prefix + source.name, module.module);
  made->setDoesNotThrow();
  if (!suspends) made->setCallingConv(llvm::CallingConv::Fast);
  return made;
}

/// Which functions the runtime starts, so that each has a frame.
std::vector<bool> child_functions(const ir::Module& module) {
  std::vector<bool> found(module.functions.size(), false);
  for (const ir::Function& function : module.functions)
    for (const ir::Block& block : function.blocks)
      for (const ir::Op& op : block.ops) {
        for (const ir::Branch& branch : op.branches) found[branch.flow.index] = true;
        if (op.opcode == ir::Opcode::Each || op.opcode == ir::Opcode::StreamEach ||
            op.opcode == ir::Opcode::ConstTool ||
            (op.opcode == ir::Opcode::Invoke && !op.policies.empty()))
          found[op.callee.function.index] = true;
      }
  return found;
}

llvm::Function* declare_child_resume(ModuleEmitter& module, const ir::Function& source) {
  auto* made = llvm::Function::Create(
      llvm::FunctionType::get(module.types.i32, {module.types.ptr}, false),
      llvm::GlobalValue::InternalLinkage, "child." + source.name, module.module);
  made->setDoesNotThrow();
  return made;
}

void emit_field_defaults(ModuleEmitter& module) {
  for (const ir::FieldDefault& field : module.source.field_defaults)
    module.descriptors.set_default(field.record, field.field,
                                   make_default_value(module, field.function));
}

void make_plans(ModuleEmitter& module) {
  const ir::Module& source = module.source;
  std::vector<bool> suspending = ir::suspending_functions(source);
  std::vector<bool> children = child_functions(source);
  std::vector<bool> recursive = recursive_functions(source);
  std::vector<bool> cached = cached_functions(source);
  std::vector<bool> repeating = repeating_functions(source);
  const bool splits = op_count(source) > kSplitModule;
  for (size_t i = 0; i < source.functions.size(); ++i) {
    FunctionPlan plan;
    plan.id = ir::FunctionId(i);
    plan.suspends = suspending[i];
    plan.recursive = recursive[i];
    plan.cached = cached[i];
    plan.once = op_count(source.functions[i]) > kLargeFunction || (splits && !repeating[i]);
    plan.function = declare(module, source.functions[i], plan.suspends);
    if (plan.suspends)
      plan.resume = plan.function;
    else if (children[i])
      plan.resume = declare_child_resume(module, source.functions[i]);
    // Recursion without end is to fail at the guard, not to become a loop.
    if (plan.recursive) plan.function->addFnAttr("disable-tail-calls", "true");
    module.plans.push_back(std::move(plan));
  }
  emit_field_defaults(module);
  for (FunctionPlan& plan : module.plans)
    if (plan.resume != nullptr) plan_frame(module, plan);
}

}  // namespace

void emit_module(ModuleEmitter& module) {
  make_plans(module);
  for (const FunctionPlan& plan : module.plans) {
    FunctionEmitter(module, plan).run();
    if (plan.resume != nullptr && !plan.suspends) emit_child_resume(module, plan);
  }
  if (!module.source.tests.empty())
    emit_tests(module);
  else if (module.source.entry.valid())
    emit_program(module);
  if (module.debug) module.debug->finish();
  keep_wide_values_in_memory(module.module);
}

}  // namespace pflow::codegen
