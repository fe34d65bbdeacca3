#include "codegen/module/behaviour.h"

#include <algorithm>

#include "codegen/module/fingerprint.h"
#include "ir/call_graph.h"

namespace pflow::codegen {
namespace {

/// The sites of one node that says by itself which settings decide its results.
struct Source {
  ir::NodeId node;
  std::vector<llvm::Constant*> sites;
};

class Behaviour {
 public:
  Behaviour(ModuleEmitter& module, ir::FunctionId root) : m_(module), root_(root) {}

  llvm::Constant* make() {
    const std::vector<bool> reached = ir::reached_functions(ir::call_graph(m_.source), {{root_}});
    for (size_t i = 0; i < reached.size(); ++i)
      if (reached[i]) visit(m_.source.functions[i]);
    const std::string parts = fingerprints(m_.source, root_);
    return m_.constants.global(
        m_.types.behaviour,
        llvm::ConstantStruct::get(m_.types.behaviour,
                                  {m_.constants.c_text(parts), m_.constants.i32(in_folder_),
                                   m_.constants.i32(sources_.size()),
                                   m_.constants.array(m_.types.preflight, sources())}));
  }

 private:
  void visit(const ir::Function& function) {
    for (const ir::Block& block : function.blocks)
      for (const ir::Op& op : block.ops)
        if (op.callee.node.valid()) visit(op);
  }

  void visit(const ir::Op& op) {
    const ir::Node& node = m_.source.node(op.callee.node);
    in_folder_ = in_folder_ || node.in_folder;
    if (!node.settings || !op.site.valid()) return;
    auto known = std::ranges::find(sources_, op.callee.node, &Source::node);
    if (known == sources_.end()) known = sources_.insert(known, {op.callee.node, {}});
    known->sites.push_back(m_.sites.of(op.site));
  }

  std::vector<llvm::Constant*> sources() {
    llvm::Type* nothing = llvm::Type::getVoidTy(m_.module.getContext());
    auto* type =
        llvm::FunctionType::get(nothing, {m_.types.ptr, m_.types.ptr, m_.types.i64}, false);
    std::vector<llvm::Constant*> made;
    for (const Source& source : sources_) {
      const ir::Node& node = m_.source.node(source.node);
      llvm::FunctionCallee add =
          m_.module.getOrInsertFunction("pfn_" + node.module + "_" + node.name + "_settings", type);
      made.push_back(llvm::ConstantStruct::get(
          m_.types.preflight, {llvm::cast<llvm::Constant>(add.getCallee()),
                               m_.constants.array(m_.types.ptr, source.sites),
                               m_.constants.i64(static_cast<int64_t>(source.sites.size()))}));
    }
    return made;
  }

  ModuleEmitter& m_;
  ir::FunctionId root_;
  bool in_folder_ = false;
  std::vector<Source> sources_;
};

}  // namespace

llvm::Constant* behaviour(ModuleEmitter& module, ir::FunctionId root) {
  return Behaviour(module, root).make();
}

}  // namespace pflow::codegen
