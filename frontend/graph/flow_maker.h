/// The graph of one flow: its statements in source order, each joined to the ends that lead to it.
#pragma once

#include <functional>
#include <iterator>
#include <unordered_map>
#include <utility>
#include <vector>

#include "frontend/graph/program_view.h"

namespace pflow::graph {

/// An edge of which only the beginning is known.
struct OpenEnd {
  int node = -1;
  ast::StageId stage;  ///< in place of `node`: a stage that may have no node yet
  EdgeKind kind = EdgeKind::Next;
  std::string label;
};
using Ends = std::vector<OpenEnd>;

inline void append(Ends& to, Ends more) {
  to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

class FlowMaker {
 public:
  explicit FlowMaker(ProgramView& view) : view_(view) {}

  [[nodiscard]] Flow make(const sema::Body& body);

 private:
  // Each takes the ends that lead to it, and answers those that lead on.
  Ends block(const ast::Block& block, Ends ends);
  Ends statement(const ast::Statement& statement, Ends ends);
  Ends chain(const ast::Chain& chain, Ends ends);
  Ends stage(const ast::Stage& stage, Ends ends);
  Ends run(const ast::Stage& stage, Ends ends);
  Ends expression(const ast::Stage& stage, Ends ends);
  Ends body(const ast::Stage& stage, Ends ends);
  Ends if_stage(const ast::Stage& stage, Ends ends);
  Ends match_stage(const ast::Stage& stage, Ends ends);
  Ends with_fallback(const ast::Stage& stage, Ends ends);
  void transition(const ast::TransitionStatement& statement);
  void on_error(const ast::OnErrorStatement& statement);
  void jump(const ast::Stage& stage, Ends ends);

  /// Adds the node inside the current box; the ends lead to it.
  int add(Node node, Ends ends);
  /// A node of what stands at the span.
  [[nodiscard]] Node node_at(NodeKind kind, Span span, std::string title);
  [[nodiscard]] Node call_node(const ast::CallExpr& call, const sema::CallInfo& info);
  /// A node of a stage: with its label, keys and policies; transitions and jumps find it.
  int add_stage(const ast::Stage& stage, Node node, Ends ends);
  /// Runs `inside` with the box as the current one.
  void fill(int box, const std::function<void()>& inside);

  void add_start(const sema::Body& body);
  void add_end();
  void join_open_ends();
  /// The node that the edge begins at; negative when the stage has none.
  [[nodiscard]] int node_of(const OpenEnd& end) const;
  /// Where an edge to the node from inside of it leads: what the box begins with.
  [[nodiscard]] int entry_of(int to, int from) const;

  ProgramView& view_;
  Flow flow_;
  int box_ = -1;  ///< the current one
  std::unordered_map<ast::StageId, int> nodes_;
  Ends finished_;  ///< where the flow ends
  std::vector<std::pair<OpenEnd, int>> joined_;
  std::vector<std::pair<OpenEnd, ast::StageId>> jumps_;
};

}  // namespace pflow::graph
