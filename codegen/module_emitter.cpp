#include "codegen/module_emitter.h"

#include "codegen/call_cycles.h"
#include "codegen/frames.h"
#include "codegen/function_emitter.h"

namespace pflow::codegen {

ModuleEmitter::ModuleEmitter(llvm::Module& m, const ir::Module& s, const SourceMap& texts,
                             const Options& chosen)
    : source(s),
      sources(texts),
      options(chosen),
      module(m),
      types(m.getContext()),
      runtime(m, types),
      constants(m, types),
      layout(*s.types, types, m.getDataLayout()),
      descriptors(constants, layout, types),
      sites(constants, types, s, texts),
      ownership(m, layout, descriptors, runtime, types) {
  if (options.debug_info) debug.emplace(module, sources, options.opt_level > 0);
}

void ModuleEmitter::run() {
  make_plans();
  for (const FunctionPlan& plan : plans) FunctionEmitter(*this, plan).run();
  if (source.entry.valid()) emit_program(*this);
  if (debug) debug->finish();
}

namespace {

/// `{results…, i1 failed} name(params…)`.
llvm::FunctionType* direct_type(ModuleEmitter& module, const ir::Function& source) {
  std::vector<llvm::Type*> params;
  for (size_t i = 0; i < source.param_count; ++i)
    params.push_back(module.layout.of(source.slots[i].type));
  std::vector<llvm::Type*> results;
  for (ir::TypeId type : source.results) results.push_back(module.layout.of(type));
  results.push_back(module.types.i1);
  return llvm::FunctionType::get(
      llvm::StructType::get(module.module.getContext(), results), params, false);
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

}  // namespace

void ModuleEmitter::make_plans() {
  std::vector<bool> suspending = ir::suspending_functions(source);
  std::vector<bool> recursive = recursive_functions(source);
  for (size_t i = 0; i < source.functions.size(); ++i) {
    FunctionPlan plan;
    plan.id = ir::FunctionId(i);
    plan.suspends = suspending[i];
    plan.recursive = recursive[i];
    plan.function = declare(*this, source.functions[i], plan.suspends);
    plans.push_back(std::move(plan));
  }
  for (FunctionPlan& plan : plans)
    if (plan.suspends) plan_frame(*this, plan);
}

llvm::StructType* ModuleEmitter::node_in(const ir::Node& node) {
  std::vector<ir::TypeId> ports;
  for (const ir::NodePort& port : node.ports) ports.push_back(port.type);
  return layout.aggregate(ports);
}

llvm::StructType* ModuleEmitter::node_out(const ir::Node& node) {
  std::vector<ir::TypeId> outputs;
  for (const ir::NodePort& port : node.outputs) outputs.push_back(port.type);
  return layout.aggregate(outputs);
}

llvm::Function* ModuleEmitter::node_function(const ir::Node& node) {
  std::string name = "pfn_" + node.module + "_" + node.name;
  if (llvm::Function* known = module.getFunction(name)) return known;
  auto* type = llvm::FunctionType::get(types.i32, {types.ptr, types.ptr, types.ptr}, false);
  auto* made =
      llvm::Function::Create(type, llvm::GlobalValue::ExternalLinkage, name, module);
  made->setDoesNotThrow();
  made->setDSOLocal(true);
  // A pending node keeps its call, inputs and outputs.
  if (!node.async)
    for (unsigned i = 0; i < 3; ++i) made->addParamAttr(i, llvm::Attribute::NoCapture);
  return made;
}

bool ModuleEmitter::suspends(const ir::Callee& callee) const {
  return callee.node.valid() ? source.node(callee.node).async : plan(callee.function).suspends;
}

}  // namespace pflow::codegen
