#include "codegen/module/module_emitter.h"

#include "codegen/forms/wide_values.h"

namespace pflow::codegen {

void share(llvm::GlobalVariable& made, const std::string& name) {
  made.setName(name);
  made.setLinkage(llvm::GlobalValue::LinkOnceODRLinkage);
  made.setVisibility(llvm::GlobalValue::HiddenVisibility);
}

void open_to_parts(llvm::GlobalValue& value) {
  value.setLinkage(llvm::GlobalValue::ExternalLinkage);
  value.setVisibility(llvm::GlobalValue::HiddenVisibility);
  value.setDSOLocal(true);
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
  return llvm::FunctionType::get(llvm::StructType::get(module.module.getContext(), results), params,
                                 false);
}

/// Other parts know it by a name that no other function of the program has.
std::string symbol(ModuleEmitter& module, llvm::StringRef prefix, const FunctionPlan& plan) {
  std::string name = (prefix + module.source.function(plan.id).name).str();
  return module.alone ? name : name + "." + std::to_string(plan.id.index);
}

llvm::Function* declare_code(ModuleEmitter& module, llvm::FunctionType* type,
                             llvm::StringRef prefix, const FunctionPlan& plan) {
  auto* made = llvm::Function::Create(type, llvm::GlobalValue::InternalLinkage,
                                      symbol(module, prefix, plan), module.module);
  made->setDoesNotThrow();
  if (!module.alone) open_to_parts(*made);
  return made;
}

llvm::GlobalVariable* declare_data(ModuleEmitter& module, llvm::Type* type, llvm::StringRef prefix,
                                   const FunctionPlan& plan) {
  llvm::GlobalVariable* made = module.constants.global(type, nullptr);
  made->setName(symbol(module, prefix, plan));
  if (!module.alone) open_to_parts(*made);
  return made;
}

llvm::FunctionType* resume_type(ModuleEmitter& module) {
  return llvm::FunctionType::get(module.types.i32, {module.types.ptr}, false);
}

/// Declares what callers and starters of the function need: `function`, `resume`, `pipe` and the
/// `info` of its frame. Other parts have what this one only declares.
void declare(ModuleEmitter& module, FunctionPlan& plan) {
  const ir::Function& source = module.source.function(plan.id);
  auto* type = plan.suspends ? resume_type(module) : direct_type(module, source);
  plan.function =
      declare_code(module, type, source.kind == ir::FunctionKind::Flow ? "flow." : "node.", plan);
  if (!plan.suspends) {
    plan.function->setCallingConv(llvm::CallingConv::Fast);
    if (plan.fast) plan.function->addFnAttr(kTakesAddresses);
  }
  // Recursion without end is to fail at the guard, not to become a loop.
  if (plan.recursive) plan.function->addFnAttr("disable-tail-calls", "true");
  if (plan.piped) plan.pipe = declare_data(module, module.types.pipe, "pipe_of.", plan);
  if (!plan.suspends && !plan.child) return;
  plan.resume =
      plan.suspends ? plan.function : declare_code(module, resume_type(module), "child.", plan);
  plan.frame.info = declare_data(module, module.types.frame_info, "frame_info.", plan);
}

}  // namespace

ModuleEmitter::ModuleEmitter(llvm::Module& m, const ir::Module& s, const SourceMap& texts,
                             const Options& chosen, const Division& division, unsigned number)
    : source(s),
      sources(texts),
      options(chosen),
      part(number),
      kind(division.parts[number]),
      alone(division.parts.size() == 1),
      module(m),
      types(m.getContext()),
      runtime(m, types),
      constants(m, types),
      layout(*s.types, types, m.getDataLayout()),
      descriptors(constants, layout, types, *s.types),
      sites(constants, types, s, texts, options.places),
      ownership(m, layout, descriptors, runtime, types, *s.types, kind != PartKind::Full),
      nodes(m, s, types, constants, layout, descriptors, runtime, ownership),
      plans(division.plans) {
  if (options.debug_info) debug.emplace(module, sources, options.opt_level > 0);
}

const FunctionPlan& ModuleEmitter::plan(ir::FunctionId id) {
  FunctionPlan& known = plans[id.index];
  if (known.function == nullptr) declare(*this, known);
  return known;
}

bool ModuleEmitter::suspends(const ir::Callee& callee) const {
  return callee.node.valid() ? source.node(callee.node).async
                             : plans[callee.function.index].suspends;
}

llvm::Constant* ModuleEmitter::tool(size_t number) {
  tools.resize(source.tools.size());
  if (tools[number] != nullptr) return tools[number];
  const ir::Tool& tool = source.tools[number];
  auto* described = llvm::ConstantStruct::get(
      types.tool, {constants.c_text(tool.name), constants.c_text(tool.doc),
                   descriptors.of(tool.input), plan(tool.flow).frame.info});
  llvm::GlobalVariable* made = constants.global(types.tool, described);
  made->setUnnamedAddr(llvm::GlobalValue::UnnamedAddr::None);
  if (!alone) share(*made, "tool." + std::to_string(number));
  return tools[number] = made;
}

}  // namespace pflow::codegen
