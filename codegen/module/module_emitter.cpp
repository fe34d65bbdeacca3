#include "codegen/module/module_emitter.h"

#include "codegen/module/declare.h"

namespace pflow::codegen {

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
