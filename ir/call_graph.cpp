#include "ir/call_graph.h"

namespace pflow::ir {

namespace {

/// What the node that the op calls may start by itself.
void add_loaders(const Module& module, const Op& op, std::vector<uint32_t>& callees) {
  if (!op.callee.node.valid() || !module.node(op.callee.node).loaders) return;
  for (const Tool& tool : module.tools)
    if (!tool.prefixes.empty()) callees.push_back(tool.flow.index);
}

}  // namespace

CallGraph call_graph(const Module& module) {
  CallGraph graph(module.functions.size());
  for (size_t i = 0; i < graph.size(); ++i)
    for (const Block& block : module.functions[i].blocks)
      for (const Op& op : block.ops) {
        if (op.callee.function.valid()) graph[i].push_back(op.callee.function.index);
        for (const Branch& branch : op.branches) graph[i].push_back(branch.flow.index);
        add_loaders(module, op, graph[i]);
      }
  return graph;
}

std::vector<bool> reached_functions(const CallGraph& graph, std::span<const FunctionId> roots) {
  std::vector<bool> reached(graph.size(), false);
  std::vector<uint32_t> open;
  auto reach = [&](uint32_t function) {
    if (!reached[function]) open.push_back(function);
    reached[function] = true;
  };
  for (FunctionId root : roots) reach(root.index);
  while (!open.empty()) {
    const uint32_t at = open.back();
    open.pop_back();
    for (uint32_t callee : graph[at]) reach(callee);
  }
  return reached;
}

}  // namespace pflow::ir
