#include "codegen/module/module_emitter.h"

#include "codegen/module/op_count.h"

namespace pflow::codegen {

namespace {

/// In a program of more ops, what repeats is optimised with less effort.
constexpr size_t kLargeModule = 5000;

}  // namespace

ModuleEmitter::ModuleEmitter(llvm::Module& m, const ir::Module& s, const SourceMap& texts,
                             const Options& chosen)
    : source(s),
      sources(texts),
      options(chosen),
      large(op_count(s) > kLargeModule),
      module(m),
      types(m.getContext()),
      runtime(m, types),
      constants(m, types),
      layout(*s.types, types, m.getDataLayout()),
      descriptors(constants, layout, types, *s.types),
      sites(constants, types, s, texts, options.places),
      ownership(m, layout, descriptors, runtime, types, *s.types, large),
      nodes(m, s, types, constants, layout, descriptors, runtime, ownership) {
  if (options.debug_info) debug.emplace(module, sources, options.opt_level > 0);
}

bool ModuleEmitter::suspends(const ir::Callee& callee) const {
  return callee.node.valid() ? source.node(callee.node).async : plan(callee.function).suspends;
}

llvm::Constant* ModuleEmitter::tool(size_t number) {
  tools.resize(source.tools.size());
  if (tools[number] != nullptr) return tools[number];
  const ir::Tool& tool = source.tools[number];
  auto* described = llvm::ConstantStruct::get(
      types.tool, {constants.c_text(tool.name), constants.c_text(tool.doc),
                   descriptors.of(tool.input), plan(tool.flow).frame.info});
  return tools[number] = constants.global(types.tool, described);
}

}  // namespace pflow::codegen
