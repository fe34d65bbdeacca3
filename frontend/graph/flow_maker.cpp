#include "frontend/graph/flow_maker.h"

#include "frontend/graph/stage_text.h"

namespace pflow::graph {

namespace {

constexpr size_t kSourceLength = 200;

EdgeKind kind_of_action(std::string_view action) {
  if (action == "default") return EdgeKind::Next;
  return action == "error" ? EdgeKind::Error : EdgeKind::Action;
}

}  // namespace

Flow FlowMaker::make(const sema::Body& body) {
  const sema::Callable& callable = view_.program().callable(body.callable);
  flow_.doc = view_.doc(body.callable);
  flow_.place = view_.place(callable.decl->name.span);
  add_start(body);
  append(finished_, block(*ast::as<ast::FlowDecl>(*callable.decl).body, {{.node = 0}}));
  if (!finished_.empty()) add_end();
  join_open_ends();
  return std::move(flow_);
}

void FlowMaker::add_start(const sema::Body& body) {
  const ast::Decl& decl = *view_.program().callable(body.callable).decl;
  Node start = node_at(NodeKind::Start, decl.name.span, flow_.doc.name);
  start.details = port_texts(flow_.doc.ports);
  add(std::move(start), {});
}

void FlowMaker::add_end() {
  Node end;
  end.kind = NodeKind::End;
  end.title = "end";
  end.details = port_texts(flow_.doc.outputs);
  end.place = flow_.place;
  add(std::move(end), std::move(finished_));
}

Node FlowMaker::node_at(NodeKind kind, Span span, std::string title) {
  Node node;
  node.kind = kind;
  node.title = std::move(title);
  node.place = view_.place(span);
  node.source = view_.short_text(span, kSourceLength);
  return node;
}

int FlowMaker::add(Node node, Ends ends) {
  const int number = static_cast<int>(flow_.nodes.size());
  node.parent = box_;
  flow_.nodes.push_back(std::move(node));
  for (OpenEnd& end : ends) joined_.emplace_back(std::move(end), number);
  return number;
}

int FlowMaker::add_stage(const ast::Stage& stage, Node node, Ends ends) {
  node.label = stage.label.symbol.valid() ? view_.text(stage.label.symbol) : "";
  node.keys = key_texts(view_, stage);
  node.policies = policy_texts(view_, stage);
  if (node.site.empty()) node.site = view_.site(stage.span);
  const int number = add(std::move(node), std::move(ends));
  nodes_.emplace(stage.id, number);
  return number;
}

void FlowMaker::fill(int box, const std::function<void()>& inside) {
  const int outer = box_;
  box_ = box;
  inside();
  // A box is drawn around something.
  if (flow_.nodes.size() == static_cast<size_t>(box) + 1) {
    Node nothing;
    nothing.title = "nothing";
    nothing.place = flow_.nodes.back().place;
    add(std::move(nothing), {});
  }
  box_ = outer;
}

Ends FlowMaker::block(const ast::Block& block, Ends ends) {
  for (const ast::Statement* each : block.statements) ends = statement(*each, std::move(ends));
  return ends;
}

Ends FlowMaker::statement(const ast::Statement& statement, Ends ends) {
  switch (statement.kind) {
    case ast::StatementKind::Let:
    case ast::StatementKind::Assign:
    case ast::StatementKind::Assert:
    case ast::StatementKind::Stub: {
      const std::string title = view_.short_text(statement.span);
      return {{.node = add(node_at(NodeKind::Value, statement.span, title), std::move(ends))}};
    }
    case ast::StatementKind::Return: {
      const std::string title = view_.short_text(statement.span);
      add(node_at(NodeKind::Leave, statement.span, title), std::move(ends));
      return {};
    }
    case ast::StatementKind::Chain:
      return chain(ast::as<ast::ChainStatement>(statement).chain, std::move(ends));
    case ast::StatementKind::Transition:
      transition(ast::as<ast::TransitionStatement>(statement));
      return ends;
    case ast::StatementKind::OnError:
      on_error(ast::as<ast::OnErrorStatement>(statement));
      return ends;
  }
}

Ends FlowMaker::chain(const ast::Chain& chain, Ends ends) {
  for (const ast::Stage* each : chain.stages) ends = stage(*each, std::move(ends));
  return ends;
}

void FlowMaker::transition(const ast::TransitionStatement& statement) {
  Ends ends;
  for (const TakenAction& taken : view_.taken_by(statement)) {
    const EdgeKind kind = kind_of_action(taken.action);
    // `_` takes several actions of one stage.
    if (kind == EdgeKind::Action && !ends.empty() && ends.back().stage == taken.stage &&
        ends.back().kind == kind)
      ends.back().label += ", " + taken.action;
    else
      ends.push_back({.stage = taken.stage,
                      .kind = kind,
                      .label = kind == EdgeKind::Next ? std::string() : taken.action});
  }
  ends = chain(statement.chain, std::move(ends));
  // Where the chain goes no further, the flow ends, or the item or round that it is in.
  if (box_ < 0) append(finished_, std::move(ends));
}

void FlowMaker::on_error(const ast::OnErrorStatement& statement) {
  const int box = add(node_at(NodeKind::OnError, statement.head, "on error"), {});
  fill(box, [&] { block(*statement.body, {}); });
}

void FlowMaker::join_open_ends() {
  for (auto& [end, stage] : jumps_)
    if (auto target = nodes_.find(stage); target != nodes_.end())
      joined_.emplace_back(std::move(end), target->second);
  for (auto& [end, to] : joined_) {
    const int from = node_of(end);
    if (from >= 0)
      flow_.edges.push_back({from, entry_of(to, from), end.kind, std::move(end.label)});
  }
}

int FlowMaker::node_of(const OpenEnd& end) const {
  if (end.node >= 0) return end.node;
  auto found = nodes_.find(end.stage);
  return found == nodes_.end() ? -1 : found->second;
}

int FlowMaker::entry_of(int to, int from) const {
  int around = from;
  while (around > to) around = flow_.nodes[static_cast<size_t>(around)].parent;
  if (around != to || from == to) return to;
  // Boxes stand before what is in them.
  while (is_box(flow_.nodes[static_cast<size_t>(to)].kind)) ++to;
  return to;
}

}  // namespace pflow::graph
