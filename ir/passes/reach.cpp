// Removes functions, nodes and tools that neither the entry, its options, a served flow, a test nor
// the default of a schema's field reaches; loaders of packages are reached by nodes that ask for
// them. Needs nothing; of a module that nothing starts, all stays. Those that stay keep their
// order.
#include "ir/call_graph.h"
#include "ir/passes/passes.h"

namespace pflow::ir {

namespace {

std::vector<FunctionId> roots(const Module& module) {
  std::vector<FunctionId> found;
  if (module.entry.valid()) found.push_back(module.entry);
  for (const EntryParam& param : module.entry_params)
    if (param.default_function.valid()) found.push_back(param.default_function);
  for (const Test& test : module.tests) found.push_back(test.flow);
  for (const Tool& tool : module.tools)
    if (tool.served) found.push_back(tool.flow);
  for (const FieldDefault& field : module.field_defaults) found.push_back(field.function);
  return found;
}

/// The new numbers of what stays.
template <typename Number>
class Kept {
 public:
  template <typename T>
  Kept(std::vector<T>& all, const std::vector<bool>& stays) : numbers_(all.size()) {
    size_t count = 0;
    for (size_t i = 0; i < all.size(); ++i) {
      if (!stays[i]) continue;
      numbers_[i] = Number(count);
      if (count != i) all[count] = std::move(all[i]);
      ++count;
    }
    all.erase(all.begin() + static_cast<ptrdiff_t>(count), all.end());
  }
  void renumber(Number& id) const {
    if (id.valid()) id = numbers_[id.index];
  }

 private:
  std::vector<Number> numbers_;
};

using ToolId = Id<struct ToolTag>;

template <typename Visit>
void each_op(Module& module, const Visit& visit) {
  for (Function& function : module.functions)
    for (Block& block : function.blocks)
      for (Op& op : block.ops) visit(op);
}

void renumber_functions(Module& module, const Kept<FunctionId>& kept) {
  kept.renumber(module.entry);
  for (EntryParam& param : module.entry_params) kept.renumber(param.default_function);
  for (Test& test : module.tests) kept.renumber(test.flow);
  for (FieldDefault& field : module.field_defaults) kept.renumber(field.function);
  for (Tool& tool : module.tools) kept.renumber(tool.flow);
  each_op(module, [&](Op& op) {
    kept.renumber(op.callee.function);
    for (Branch& branch : op.branches) kept.renumber(branch.flow);
  });
}

void remove_unused(Module& module) {
  std::vector<bool> nodes(module.nodes.size(), false);
  std::vector<bool> tools(module.tools.size(), false);
  bool loads = false;
  each_op(module, [&](const Op& op) {
    if (op.callee.node.valid()) {
      nodes[op.callee.node.index] = true;
      loads |= module.node(op.callee.node).loaders;
    }
    if (op.opcode == Opcode::ConstTool) tools[static_cast<size_t>(op.integer)] = true;
  });
  for (size_t i = 0; i < tools.size(); ++i)
    if (module.tools[i].served || (loads && !module.tools[i].prefixes.empty())) tools[i] = true;
  const Kept<NodeId> kept_nodes(module.nodes, nodes);
  const Kept<ToolId> kept_tools(module.tools, tools);
  each_op(module, [&](Op& op) {
    kept_nodes.renumber(op.callee.node);
    if (op.opcode != Opcode::ConstTool) return;
    ToolId tool(static_cast<size_t>(op.integer));
    kept_tools.renumber(tool);
    op.integer = tool.index;
  });
}

}  // namespace

void reach(Module& module) {
  if (!module.entry.valid() && module.tests.empty()) return;
  const std::vector<bool> reached = reached_functions(call_graph(module), roots(module));
  const Kept<FunctionId> kept(module.functions, reached);
  remove_unused(module);
  renumber_functions(module, kept);
}

}  // namespace pflow::ir
