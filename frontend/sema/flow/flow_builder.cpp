#include "frontend/sema/flow/flow_builder.h"

#include <algorithm>

#include "frontend/sema/flow/can_fail.h"
#include "frontend/sema/flow/read_scan.h"

namespace pflow::sema {

using ast::StageKind;
using ast::StatementKind;

void FlowBuilder::build() {
  const ast::FlowDecl& flow = shape_.flow_;
  Span span = flow.body != nullptr ? flow.body->span : flow.name.span;
  open_region(RegionKind::Flow, nullptr, flow.body, span);
  FlowNodeId entry = add_node(FlowNodeKind::Entry);
  for (const auto& param : flow.params) write(entry, param.name);
  go_on(entry);
  if (flow.body != nullptr) {
    has_on_error_ = std::any_of(flow.body->statements.begin(), flow.body->statements.end(),
                                [](const auto* at) { return at->kind == StatementKind::OnError; });
    collect_labels(*flow.body, true);
    collect_transitions(*flow.body);
    build_statements(*flow.body, true, {});
    end_list(*flow.body, flow.name.span);
  } else {
    end(EndKind::Last, flow.name.span, nullptr);
  }
  close_region();
  link_jumps();
  link_transitions();
  link_limits();
  link_failures();
  finish_edges();
}

void FlowBuilder::end_list(const ast::Block& list, Span otherwise) {
  if (open_.empty()) return;
  const Stage* last = nullptr;
  Span span = otherwise;
  for (const auto* statement : list.statements) {
    if (statement->kind == StatementKind::Transition) continue;
    if (statement->kind == StatementKind::OnError) continue;
    span = statement->span;
    last = nullptr;
    if (statement->kind != StatementKind::Chain) continue;
    auto stages = ast::as<ast::ChainStatement>(*statement).chain.stages;
    if (!stages.empty()) last = stages.back();
  }
  end(EndKind::Last, last != nullptr ? last->span : span, last);
}

RegionId FlowBuilder::open_region(RegionKind kind, const Stage* stage, const ast::Block* block,
                                  Span span) {
  RegionId id(shape_.regions_.size());
  Region region{.kind = kind, .parent = region_, .stage = stage, .span = span};
  bool is_scope = kind == RegionKind::Flow || kind == RegionKind::Each;
  region.scope = is_scope ? id : here().scope;
  region.first = static_cast<uint32_t>(shape_.nodes_.size());
  if (stage != nullptr) {
    auto& regions = shape_.stage_regions_[stage];
    region.number = static_cast<uint32_t>(regions.size());
    regions.push_back(id);
  }
  if (block != nullptr && kind != RegionKind::Branch) shape_.block_regions_.emplace(block, id);
  shape_.regions_.push_back(region);
  return region_ = id;
}

void FlowBuilder::close_region() {
  here().end = static_cast<uint32_t>(shape_.nodes_.size());
  here().goes_on = !open_.empty();
  region_ = here().parent;
}

// ---- nodes and edges -------------------------------------------------------

FlowNodeId FlowBuilder::add_node(FlowNodeKind kind, const Stage* stage,
                                 const ast::Statement* statement) {
  FlowNodeId id(shape_.nodes_.size());
  auto& node = shape_.nodes_.emplace_back();
  node.kind = kind;
  node.region = region_;
  node.stage = stage;
  node.statement = statement;
  node.first_read = static_cast<uint32_t>(shape_.reads_.size());
  node.first_write = static_cast<uint32_t>(shape_.writes_.size());
  return id;
}

FlowNodeId FlowBuilder::next_node(FlowNodeKind kind, const Stage* stage,
                                  const ast::Statement* statement) {
  FlowNodeId id = add_node(kind, stage, statement);
  if (open_.empty() && last_) shape_.stoppers_.emplace(id, last_);
  for (const Open& open : open_) {
    if (open.into != nullptr) {
      chain_starts_.emplace(open.into, id);
      shape_.nodes_[id.index].begins_chain = true;
    } else {
      edge(open.from, id, open.action);
    }
  }
  open_.clear();
  last_ = id;
  return id;
}

void FlowBuilder::edge(FlowNodeId from, FlowNodeId to, std::string_view action,
                       const Transition* transition) {
  arrivals_.push_back({from, to, action, transition});
}

void FlowBuilder::read(FlowNodeId id, const ast::Expr* expr) {
  if (expr == nullptr) return;
  size_t before = shape_.reads_.size();
  auto labelled = [this](Symbol name) {
    const LabelInfo* label = shape_.label(name, here().scope);
    return label != nullptr ? label->stage : nullptr;
  };
  scan_reads(*expr, labelled, shape_.reads_);
  for (size_t i = before; i < shape_.reads_.size(); ++i) {
    const Read& read = shape_.reads_[i];
    if (read.stage != nullptr) label_named(read.name)->used = true;
  }
  shape_.nodes_[id.index].read_count += static_cast<uint32_t>(shape_.reads_.size() - before);
}

/// What runs more than once, or not at all, reads where its stage begins. The words
/// of `on_error` are its own.
void FlowBuilder::read_policies(FlowNodeId node, const Stage& stage) {
  for (const auto& policy : stage.policies) {
    if (names_.text(policy.name.symbol) != "on_error")
      read(node, policy.value);
    else if (policy.value->kind == ast::ExprKind::Call)
      for (const ast::Argument& bound : ast::as<ast::CallExpr>(*policy.value).arguments)
        if (bound.value != nullptr) read(node, bound.value);
  }
}

void FlowBuilder::may_fail(FlowNodeId node, const Handler& handler) {
  if (handler.owner != nullptr) {
    edge(node, handler.failed, "error", handler.transition);
  } else if (!shape_.barrier(region_, RegionId(0)).valid()) {
    failing_.push_back(node);
  }
}

/// Whether a failure here leads somewhere in the flow, where the writes are not made.
bool FlowBuilder::splits(const Handler& handler) const {
  return handler.owner != nullptr ||
         (has_on_error_ && !shape_.barrier(region_, RegionId(0)).valid());
}

LabelInfo* FlowBuilder::label_named(Symbol name) {
  return const_cast<LabelInfo*>(shape_.label(name, here().scope));
}

void FlowBuilder::write(FlowNodeId id, const ast::Name& key) {
  shape_.writes_.push_back(key);
  ++shape_.nodes_[id.index].write_count;
  shape_.setters_[key.symbol].push_back(id);
}

FlowNodeId FlowBuilder::end(EndKind kind, Span span, const Stage* stage,
                            const ast::ReturnStatement* returned) {
  FlowNodeId node = next_node(FlowNodeKind::End, stage, returned);
  RegionId scope = here().scope;
  FlowEnd end{kind, node, span, stage, returned};
  bool leaves = kind == EndKind::Return || kind == EndKind::End;
  RegionId barrier = leaves ? shape_.barrier(region_, scope) : RegionId();
  if (barrier.valid() && shape_.region(barrier).kind != RegionKind::OnError) {
    end.held_by = barrier;
    shape_.held_ends_.push_back(end);
    go_on(node);  // it is an error: what stands after it is not called unreached
  } else if (const Stage* each = shape_.region(scope).stage) {
    shape_.item_ends_[each].push_back(end);
  } else {
    shape_.ends_.push_back(end);
  }
  return node;
}

// ---- statements --------------------------------------------------------------

void FlowBuilder::build_statements(const ast::Block& block, bool in_list, const Handler& handler) {
  for (const ast::Statement* statement : block.statements)
    build_statement(*statement, in_list, handler);
}

void FlowBuilder::build_statement(const ast::Statement& statement, bool in_list,
                                  const Handler& handler) {
  switch (statement.kind) {
    case StatementKind::Let: {
      const auto& let = ast::as<ast::LetStatement>(statement).let;
      return build_setter(statement, FlowNodeKind::Let, let.name, let.value, handler);
    }
    case StatementKind::Assign: {
      const auto& assign = ast::as<ast::AssignStatement>(statement);
      return build_setter(statement, FlowNodeKind::Assign, assign.key, assign.value, handler);
    }
    case StatementKind::Chain:
      return build_chain(ast::as<ast::ChainStatement>(statement).chain, handler);
    case StatementKind::Transition:
      return build_transition(ast::as<Transition>(statement), in_list, handler);
    case StatementKind::Return:
      return build_return(ast::as<ast::ReturnStatement>(statement), handler);
    case StatementKind::Assert:
      return build_assert(ast::as<ast::AssertStatement>(statement), handler);
    case StatementKind::Stub: return build_stub(ast::as<ast::StubStatement>(statement));
    case StatementKind::OnError: return build_on_error(ast::as<ast::OnErrorStatement>(statement));
  }
}

void FlowBuilder::build_setter(const ast::Statement& statement, FlowNodeKind kind,
                               const ast::Name& key, const ast::Expr* value,
                               const Handler& handler) {
  FlowNodeId node = next_node(kind, nullptr, &statement);
  shape_.statements_.emplace(&statement, node);
  read(node, value);
  if (handler.owner != nullptr || can_fail(*value)) may_fail(node, handler);
  if (splits(handler)) {
    go_on(node);
    node = next_node(FlowNodeKind::Completed, nullptr, &statement);
  }
  write(node, key);
  go_on(node);
}

void FlowBuilder::build_return(const ast::ReturnStatement& statement, const Handler& handler) {
  FlowNodeId node = next_node(FlowNodeKind::Return, nullptr, &statement);
  shape_.statements_.emplace(&statement, node);
  read(node, statement.value);
  bool fails = statement.value != nullptr && can_fail(*statement.value);
  if (handler.owner != nullptr || fails) may_fail(node, handler);
  go_on(node);
  end(EndKind::Return, statement.span, nullptr, &statement);
}

void FlowBuilder::build_assert(const ast::AssertStatement& statement, const Handler& handler) {
  FlowNodeId node = next_node(FlowNodeKind::Assert, nullptr, &statement);
  shape_.statements_.emplace(&statement, node);
  read(node, statement.condition);
  read(node, statement.why);
  may_fail(node, handler);
  go_on(node);
}

/// What its lambda reads of the test is read here.
void FlowBuilder::build_stub(const ast::StubStatement& statement) {
  FlowNodeId node = next_node(FlowNodeKind::Stub, nullptr, &statement);
  shape_.statements_.emplace(&statement, node);
  if (statement.value->kind == ast::ExprKind::Lambda) read(node, statement.value);
  go_on(node);
}

/// Its block stands aside: what fails leads there, from wherever (link_failures).
void FlowBuilder::build_on_error(const ast::OnErrorStatement& statement) {
  std::vector<Open> skipped;
  skipped.swap(open_);
  FlowNodeId last = last_;
  open_region(RegionKind::OnError, nullptr, statement.body, statement.body->span);
  FlowNodeId begin = add_node(FlowNodeKind::OnError, nullptr, &statement);
  if (!on_error_) on_error_ = begin;
  go_on(begin);
  build_statements(*statement.body, false, {});
  if (!open_.empty()) end(EndKind::Fail, statement.head, nullptr);
  close_region();
  open_.swap(skipped);
  last_ = last;
}

void FlowBuilder::build_transition(const Transition& transition, bool in_list,
                                   const Handler& handler) {
  if (LabelInfo* label = label_named(transition.label.symbol)) label->used = true;
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

void FlowBuilder::build_chain(const ast::Chain& chain, const Handler& handler) {
  const Stage* before = nullptr;
  for (size_t i = 0; i < chain.stages.size(); ++i) {
    const Stage& stage = *chain.stages[i];
    shape_.order_.push_back(&stage);
    auto& nodes = shape_.stages_[&stage];
    nodes.piped_from = before;
    before = &stage;
    if (const Stage* target = target_of(chain, i)) {
      nodes.jump_target = target;
      nodes.run = nodes.completed = next_node(FlowNodeKind::Jump, &stage);
      LabelInfo& label = *label_named(target->label.symbol);
      label.used = true;
      label.jumps.push_back(&stage);
      if (!shape_.barrier(region_, label.scope).valid()) jumps_.emplace_back(nodes.run, target);
    } else {
      build_stage(stage, handler);
    }
  }
}

const ast::Stage* FlowBuilder::target_of(const ast::Chain& chain, size_t at) {
  const Stage& stage = *chain.stages[at];
  if (at + 1 != chain.stages.size() || stage.kind != StageKind::Expr) return nullptr;
  if (stage.expr == nullptr || stage.expr->kind != ast::ExprKind::Name) return nullptr;
  if (!stage.policies.empty() || !stage.bindings.empty() || stage.label.symbol) return nullptr;
  LabelInfo* label = label_named(ast::as<ast::NameExpr>(*stage.expr).name);
  return label == nullptr ? nullptr : label->stage;
}

// ---- stages --------------------------------------------------------------------

FlowBuilder::Handler FlowBuilder::handler_of(const Stage& stage, const Handler& outer) {
  const LabelInfo* label = stage.label.symbol ? label_named(stage.label.symbol) : nullptr;
  if (label == nullptr || label->stage != &stage) return outer;
  for (const Transition* transition : label->transitions) {
    if (transition->any || transition->action != "error") continue;
    FlowNodeId failed = add_node(FlowNodeKind::Failed, &stage);
    failed_.emplace(&stage, failed);
    return {&stage, failed, transition};
  }
  return outer;
}

void FlowBuilder::build_stage(const Stage& stage, const Handler& outer) {
  if (stage.kind == StageKind::End) {
    FlowNodeId node = end(EndKind::End, stage.span, &stage);
    auto& nodes = shape_.stages_[&stage];
    nodes.run = nodes.completed = node;
    return;
  }
  if (stage.kind == StageKind::Break || stage.kind == StageKind::Continue)
    return build_round_end(stage);
  Handler handler = handler_of(stage, outer);
  shape_.stages_[&stage].error_handler = handler.transition;
  if (stage.kind == StageKind::Expr)
    build_expression_stage(stage, handler);
  else
    build_body_stage(stage, handler);
}

void FlowBuilder::build_expression_stage(const Stage& stage, const Handler& handler) {
  FlowNodeId node = next_node(FlowNodeKind::Stage, &stage);
  read_policies(node, stage);
  read(node, stage.expr);
  auto& nodes = shape_.stages_[&stage];
  std::string_view callee = callee_text(stage);
  nodes.run = nodes.completed = node;
  nodes.is_choose = callee == "choose";
  nodes.is_fail = callee == "fail";
  if (handler.owner != nullptr || can_fail(*stage.expr)) may_fail(node, handler);
  if (nodes.is_fail) {
    if (handler.owner == nullptr) {
      go_on(node);
      end(EndKind::Fail, stage.span, &stage);
    }
    return;
  }
  bool is_choose = nodes.is_choose;
  if (splits(handler)) {
    go_on(node);
    node = nodes.completed = next_node(FlowNodeKind::Completed, &stage);
  }
  write_bindings(node, stage);
  if (!is_choose) go_on(node);
}

void FlowBuilder::write_bindings(FlowNodeId node, const Stage& stage) {
  for (const auto& binding : stage.bindings) write(node, binding.key);
  for (Symbol port : shape_.outputs(stage)) {
    shape_.natural_[port].push_back(node);
    note_branch_output(port, stage);
  }
}

void FlowBuilder::note_branch_output(Symbol port, const Stage& stage) {
  for (RegionId at = region_; at.valid(); at = shape_.region(at).parent) {
    const Region& region = shape_.region(at);
    if (region.kind != RegionKind::Branch) continue;
    auto& output = shape_.branch_outputs_[port][region.stage];
    if (output.stage == nullptr) {
      output.branch = at;
      output.stage = &stage;
    } else if (output.branch != at && output.other == nullptr) {
      output.other = &stage;
    }
  }
}

std::string_view FlowBuilder::callee_text(const Stage& stage) const {
  Symbol callee = FlowShape::callee(stage);
  return callee ? names_.text(callee) : std::string_view();
}

}  // namespace pflow::sema
