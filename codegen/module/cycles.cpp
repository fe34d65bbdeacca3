#include "codegen/module/cycles.h"

#include <algorithm>
#include <cstdint>

#include "ir/call_graph.h"

namespace pflow::codegen {
namespace {

using Graph = ir::CallGraph;

/// Tarjan's strongly connected components with a stack of its own: call chains
/// of a generated program may be as long as the program.
class Cycles {
 public:
  explicit Cycles(const Graph& graph)
      : graph_(graph), order_(graph.size()), low_(graph.size()), found_(graph.size(), false) {}

  std::vector<bool> run() {
    for (uint32_t i = 0; i < graph_.size(); ++i)
      if (order_[i] == 0) visit(i);
    return std::move(found_);
  }

 private:
  struct Visit {
    uint32_t node;
    size_t next = 0;
  };

  void visit(uint32_t root) {
    enter(root);
    while (!visits_.empty()) {
      auto& [node, next] = visits_.back();
      if (next < graph_[node].size()) {
        uint32_t callee = graph_[node][next++];
        if (callee == node) found_[node] = true;
        if (order_[callee] == 0)
          enter(callee);
        else if (order_[callee] != kClosed)
          low_[node] = std::min(low_[node], order_[callee]);
        continue;
      }
      leave(node);
    }
  }

  void enter(uint32_t node) {
    order_[node] = low_[node] = ++count_;
    open_.push_back(node);
    visits_.push_back({node});
  }

  void leave(uint32_t node) {
    visits_.pop_back();
    if (!visits_.empty()) {
      uint32_t caller = visits_.back().node;
      low_[caller] = std::min(low_[caller], low_[node]);
    }
    if (low_[node] != order_[node]) return;
    bool many = open_.back() != node;
    for (uint32_t member = UINT32_MAX; member != node;) {
      member = open_.back();
      open_.pop_back();
      order_[member] = kClosed;
      if (many) found_[member] = true;
    }
  }

  static constexpr uint32_t kClosed = UINT32_MAX;
  const Graph& graph_;
  std::vector<uint32_t> order_, low_;
  std::vector<bool> found_;
  std::vector<uint32_t> open_;
  std::vector<Visit> visits_;
  uint32_t count_ = 0;
};

bool has_loop(const ir::Function& function) {
  Graph graph(function.blocks.size());
  for (size_t i = 0; i < graph.size(); ++i)
    for (ir::BlockId next : ir::successors(function.blocks[i])) graph[i].push_back(next.index);
  std::vector<bool> found = Cycles(graph).run();
  return std::find(found.begin(), found.end(), true) != found.end();
}

/// Functions that an op runs for many items and at the cost of a call alone; what has
/// a frame for each item costs more than its own code.
std::vector<bool> run_for_items(const ir::Module& module) {
  std::vector<bool> found(module.functions.size(), false);
  for (const ir::Function& function : module.functions)
    for (const ir::Block& block : function.blocks)
      for (const ir::Op& op : block.ops)
        if (op.opcode == ir::Opcode::StreamPipe) found[op.callee.function.index] = true;
  return found;
}

}  // namespace

std::vector<bool> recursive_functions(const ir::Module& module) {
  Graph graph = ir::call_graph(module);
  return Cycles(graph).run();
}

std::vector<bool> repeating_functions(const ir::Module& module) {
  Graph calls = ir::call_graph(module);
  std::vector<bool> found = Cycles(calls).run();
  std::vector<bool> for_items = run_for_items(module);
  std::vector<uint32_t> open;
  for (uint32_t i = 0; i < found.size(); ++i) {
    if (!found[i]) found[i] = for_items[i] || has_loop(module.functions[i]);
    if (found[i]) open.push_back(i);
  }
  while (!open.empty()) {
    uint32_t caller = open.back();
    open.pop_back();
    for (uint32_t callee : calls[caller]) {
      if (found[callee]) continue;
      found[callee] = true;
      open.push_back(callee);
    }
  }
  return found;
}

}  // namespace pflow::codegen
