#include "frontend/sema/flow/flow_builder.h"

#include "frontend/sema/flow/digraph.h"
#include "frontend/sema/flow/read_scan.h"

namespace pflow::sema {

using ast::StageKind;
using ast::StatementKind;

void FlowGraphBuilder::build() {
  const ast::FlowDecl& flow = graph_.flow_;
  FlowNodeId entry = add_node(FlowNodeKind::Entry);
  for (const auto& param : flow.params) write(entry, param.name);
  go_on(entry);
  if (flow.body != nullptr) {
    collect_labels(*flow.body, true);
    collect_transitions();
    build_statements(*flow.body, true, {});
  }
  if (!open_.empty()) {
    const Stage* last = nullptr;
    Span span = flow.name.span;
    if (flow.body != nullptr) {
      for (const auto* statement : flow.body->statements) {
        if (statement->kind == StatementKind::Transition) continue;
        span = statement->span;
        last = nullptr;
        if (statement->kind != StatementKind::Chain) continue;
        auto stages = ast::as<ast::ChainStatement>(*statement).chain.stages;
        if (!stages.empty()) last = stages.back();
      }
    }
    end(EndKind::Last, last != nullptr ? last->span : span, last);
  }
  link_jumps();
  link_transitions();
  link_limits();
  finish_edges();
}

// ---- nodes and edges -------------------------------------------------------

FlowNodeId FlowGraphBuilder::add_node(FlowNodeKind kind, const Stage* stage,
                                      const ast::Statement* statement) {
  FlowNodeId id(graph_.nodes_.size());
  auto& node = graph_.nodes_.emplace_back();
  node.kind = kind;
  node.stage = stage;
  node.statement = statement;
  node.first_read = static_cast<uint32_t>(graph_.reads_.size());
  node.first_write = static_cast<uint32_t>(graph_.writes_.size());
  return id;
}

FlowNodeId FlowGraphBuilder::next_node(FlowNodeKind kind, const Stage* stage,
                                       const ast::Statement* statement) {
  FlowNodeId id = add_node(kind, stage, statement);
  if (open_.empty() && last_) graph_.stoppers_.emplace(id, last_);
  for (const Open& open : open_) {
    if (open.into != nullptr) {
      chain_starts_.emplace(open.into, id);
      graph_.nodes_[id.index].begins_chain = true;
    } else {
      edge(open.from, id, open.action);
    }
  }
  open_.clear();
  last_ = id;
  return id;
}

void FlowGraphBuilder::edge(FlowNodeId from, FlowNodeId to, std::string_view action,
                            const Transition* transition) {
  arrivals_.push_back({from, to, action, transition});
}

void FlowGraphBuilder::read(FlowNodeId id, const ast::Expr* expr) {
  if (expr == nullptr) return;
  size_t before = graph_.reads_.size();
  scan_reads(*expr, graph_.labels_, graph_.reads_);
  for (size_t i = before; i < graph_.reads_.size(); ++i) {
    const Read& read = graph_.reads_[i];
    if (read.stage != nullptr) graph_.labels_.at(read.name).used = true;
  }
  graph_.nodes_[id.index].read_count += static_cast<uint32_t>(graph_.reads_.size() - before);
}

void FlowGraphBuilder::write(FlowNodeId id, const ast::Name& key) {
  graph_.writes_.push_back(key);
  ++graph_.nodes_[id.index].write_count;
  graph_.setters_[key.symbol].push_back(id);
}

void FlowGraphBuilder::end(EndKind kind, Span span, const Stage* stage,
                           const ast::ReturnStatement* returned) {
  FlowNodeId node = next_node(FlowNodeKind::End, stage, returned);
  graph_.ends_.push_back({kind, node, span, stage, returned});
}

// ---- statements --------------------------------------------------------------

void FlowGraphBuilder::build_statements(const ast::Block& block, bool in_list,
                                        const Handler& handler) {
  for (const ast::Statement* statement : block.statements) {
    switch (statement->kind) {
      case StatementKind::Let: {
        const auto& let = ast::as<ast::LetStatement>(*statement).let;
        build_setter(*statement, FlowNodeKind::Let, let.name, let.value, handler);
        break;
      }
      case StatementKind::Assign: {
        const auto& assign = ast::as<ast::AssignStatement>(*statement);
        build_setter(*statement, FlowNodeKind::Assign, assign.key, assign.value, handler);
        break;
      }
      case StatementKind::Chain:
        build_chain(ast::as<ast::ChainStatement>(*statement).chain, handler);
        break;
      case StatementKind::Transition:
        build_transition(ast::as<Transition>(*statement), in_list, handler);
        break;
      case StatementKind::Return:
        build_return(ast::as<ast::ReturnStatement>(*statement), handler);
        break;
    }
  }
}

void FlowGraphBuilder::build_setter(const ast::Statement& statement, FlowNodeKind kind,
                                    const ast::Name& key, const ast::Expr* value,
                                    const Handler& handler) {
  FlowNodeId node = next_node(kind, nullptr, &statement);
  graph_.statements_.emplace(&statement, node);
  read(node, value);
  if (handler.owner != nullptr) {
    edge(node, handler.failed, "error", handler.transition);
    go_on(node);
    node = next_node(FlowNodeKind::Completed, nullptr, &statement);
  }
  write(node, key);
  go_on(node);
}

void FlowGraphBuilder::build_return(const ast::ReturnStatement& statement, const Handler& handler) {
  FlowNodeId node = next_node(FlowNodeKind::Return, nullptr, &statement);
  graph_.statements_.emplace(&statement, node);
  read(node, statement.value);
  if (handler.owner != nullptr) edge(node, handler.failed, "error", handler.transition);
  go_on(node);
  end(EndKind::Return, statement.span, nullptr, &statement);
}

void FlowGraphBuilder::build_transition(const Transition& transition, bool in_list,
                                        const Handler& handler) {
  auto label = graph_.labels_.find(transition.label.symbol);
  if (label != graph_.labels_.end()) label->second.used = true;
  std::vector<Open> skipped;
  skipped.swap(open_);
  FlowNodeId last = last_;
  open_.push_back({.into = &transition});
  build_chain(transition.chain, in_list ? Handler{} : handler);
  if (!open_.empty()) {
    auto stages = transition.chain.stages;
    const Stage* last = stages.empty() ? nullptr : stages.back();
    end(EndKind::Transition, last != nullptr ? last->span : transition.span, last);
  }
  open_.swap(skipped);
  last_ = last;
}

void FlowGraphBuilder::build_chain(const ast::Chain& chain, const Handler& handler) {
  const Stage* before = nullptr;
  for (size_t i = 0; i < chain.stages.size(); ++i) {
    const Stage& stage = *chain.stages[i];
    graph_.order_.push_back(&stage);
    auto& nodes = graph_.stages_[&stage];
    nodes.piped_from = before;
    before = &stage;
    if (const Stage* target = target_of(chain, i)) {
      nodes.jump_target = target;
      nodes.run = nodes.completed = next_node(FlowNodeKind::Jump, &stage);
      auto& label = graph_.labels_.at(target->label.symbol);
      label.used = true;
      label.jumps.push_back(&stage);
      jumps_.emplace_back(nodes.run, target);
    } else {
      build_stage(stage, handler);
    }
  }
}

const ast::Stage* FlowGraphBuilder::target_of(const ast::Chain& chain, size_t at) const {
  const Stage& stage = *chain.stages[at];
  if (at + 1 != chain.stages.size() || stage.kind != StageKind::Expr) return nullptr;
  if (stage.expr == nullptr || stage.expr->kind != ast::ExprKind::Name) return nullptr;
  if (!stage.policies.empty() || !stage.bindings.empty() || stage.label.symbol) return nullptr;
  auto label = graph_.labels_.find(ast::as<ast::NameExpr>(*stage.expr).name);
  return label == graph_.labels_.end() ? nullptr : label->second.stage;
}

// ---- stages --------------------------------------------------------------------

FlowGraphBuilder::Handler FlowGraphBuilder::handler_of(const Stage& stage, const Handler& outer) {
  const LabelInfo* label = stage.label.symbol ? graph_.label(stage.label.symbol) : nullptr;
  if (label == nullptr || label->stage != &stage) return outer;
  for (const Transition* transition : label->transitions) {
    if (transition->any || transition->action != "error") continue;
    FlowNodeId failed = add_node(FlowNodeKind::Failed, &stage);
    failed_.emplace(&stage, failed);
    return {&stage, failed, transition};
  }
  return outer;
}

void FlowGraphBuilder::build_stage(const Stage& stage, const Handler& outer) {
  if (stage.kind == StageKind::End) {
    end(EndKind::End, stage.span, &stage);
    auto& nodes = graph_.stages_[&stage];
    nodes.run = nodes.completed = graph_.ends_.back().node;
    return;
  }
  Handler handler = handler_of(stage, outer);
  graph_.stages_[&stage].error_handler = handler.transition;
  if (stage.kind == StageKind::Block)
    build_block_stage(stage, handler);
  else
    build_expression_stage(stage, handler);
}

void FlowGraphBuilder::build_expression_stage(const Stage& stage, const Handler& handler) {
  FlowNodeId node = next_node(FlowNodeKind::Stage, &stage);
  for (const auto& policy : stage.policies) read(node, policy.value);
  read(node, stage.expr);
  auto& nodes = graph_.stages_[&stage];
  std::string_view callee = callee_text(stage);
  nodes.run = nodes.completed = node;
  nodes.is_choose = callee == "choose";
  nodes.is_fail = callee == "fail";
  if (handler.owner != nullptr) edge(node, handler.failed, "error", handler.transition);
  if (nodes.is_fail) {
    if (handler.owner == nullptr) {
      go_on(node);
      end(EndKind::Fail, stage.span, &stage);
    }
    return;
  }
  bool is_choose = nodes.is_choose;
  if (handler.owner != nullptr) {
    go_on(node);
    node = nodes.completed = next_node(FlowNodeKind::Completed, &stage);
  }
  write_bindings(node, stage);
  if (!is_choose) go_on(node);
}

void FlowGraphBuilder::build_block_stage(const Stage& stage, const Handler& handler) {
  FlowNodeId begin = next_node(FlowNodeKind::Stage, &stage);
  for (const auto& policy : stage.policies) read(begin, policy.value);
  go_on(begin);
  if (stage.block != nullptr) build_statements(*stage.block, false, handler);
  bool goes_on = !open_.empty();
  FlowNodeId done = next_node(FlowNodeKind::Completed, &stage);
  write_bindings(done, stage);
  if (goes_on) go_on(done);
  auto& nodes = graph_.stages_[&stage];
  nodes.run = begin;
  nodes.completed = done;
}

void FlowGraphBuilder::write_bindings(FlowNodeId node, const Stage& stage) {
  for (const auto& binding : stage.bindings) write(node, binding.key);
  for (Symbol port : graph_.outputs(stage)) graph_.natural_[port].push_back(node);
}

std::string_view FlowGraphBuilder::callee_text(const Stage& stage) const {
  Symbol callee = FlowGraph::callee(stage);
  return callee ? names_.text(callee) : std::string_view();
}

}  // namespace pflow::sema
