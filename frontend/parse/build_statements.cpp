#include <algorithm>

#include "frontend/parse/build.h"

namespace pflow::parse {

namespace {

using Tok = FlowParser;
using Context = FlowParser::StatementContext;
using ast::StatementKind;

}  // namespace

const antlr4::Token* Builder::lone_name(const FlowParser::ExprContext* expr) {
  if (expr == nullptr || expr->atom == nullptr || expr->atom->literal == nullptr) return nullptr;
  const antlr4::Token* token = expr->atom->literal;
  return type_of(*token) == Tok::NAME ? token : nullptr;
}

ast::Statement* Builder::statement(Context& context) {
  if (context.name != nullptr) return let_statement(context);
  if (context.ret != nullptr) return return_statement(context);
  if (context.label != nullptr) return transition(context);
  if (context.onError != nullptr) return on_error(context);
  if (context.test != nullptr) return assertion(context);
  if (has_entries(context)) return entries_statement(context);
  return context.op != nullptr ? assignment(context) : chain_statement(context);
}

ast::LetBinding Builder::let_binding(Context& context) {
  ast::LetBinding made{};
  made.name = own_name(*context.name, "key");
  if (context.type != nullptr) made.type = type(*context.type);
  made.span = span(context);
  made.value = chain_as_value(context) ? error_expr(made.span) : expr(*context.value);
  return made;
}

ast::Statement* Builder::let_statement(Context& context) {
  return arena_->make<ast::LetStatement>(ast::Statement{StatementKind::Let, span(context)},
                                         let_binding(context));
}

ast::Statement* Builder::return_statement(Context& context) {
  Span place = span(context);
  const ast::Expr* value = nullptr;
  if (context.value == nullptr) {
    reports_->report(diag::return_without_value, place)
        .label("expected a value after this")
        .help("without a value, a flow ends with `end`", {place, "end"});
    value = error_expr(place);
  } else {
    value = chain_as_value(context) ? error_expr(place) : expr(*context.value);
  }
  return arena_->make<ast::ReturnStatement>(ast::Statement{StatementKind::Return, place}, value);
}

/// `let x = a() >> b()` and the like: only a stage's suffix makes a key of it.
bool Builder::chain_as_value(Context& context) {
  if (context.tail == nullptr) return false;
  Span stages = join(span(*context.value), span(*context.tail));
  auto report = reports_->report(diag::chain_as_value, stages);
  report.label("a chain");
  const antlr4::Token* target = context.name != nullptr ? &token_of(*context.name) : nullptr;
  if (target == nullptr && context.op != nullptr) target = lone_name(context.stages[0]->value);
  bool makes_key = text(stages).find("->") != std::string_view::npos;
  if (target == nullptr) {
    report.help("a chain's value goes into a key with `-> key`");
  } else if (makes_key) {
    report.help("the arrow makes the key: leave out what stands before the chain",
                {reports_->span(span(context).begin, stages.begin), ""});
  } else {
    std::string_view name = text(span(*target));
    report.help(fmt::format("a chain's value goes into a key with `-> {}`", name),
                {span(context), fmt::format("{} -> {}", text(stages), name)});
  }
  return true;
}

ast::Statement* Builder::transition(Context& context) {
  ast::TransitionStatement made{};
  made.kind = StatementKind::Transition;
  made.span = span(context);
  made.label = name(*context.label);
  made.any = context.action->any != nullptr;
  made.action_span = span(*context.action);
  if (!made.any) made.action = plain_text(*context.action->text);
  if (context.stages.empty()) {
    Span end{made.span.file, made.span.end, made.span.end};
    reports_->report(diag::transition_without_chain, made.action_span)
        .label("expected `>>` after this")
        .help("to end there, write `>> end`", {end, " >> end"});
  }
  Span place = context.stages.empty()
                   ? made.action_span
                   : join(span(*context.stages.front()), span(*context.stages.back()));
  made.chain = chain(context.stages, context.ops, place);
  return arena_->make<ast::TransitionStatement>(made);
}

ast::Statement* Builder::assignment(Context& context) {
  Span place = span(context);
  FlowParser::StageContext& target = *context.stages[0];
  const antlr4::Token* key = target.suffixes.empty() ? lone_name(target.value) : nullptr;
  const ast::Expr* value = chain_as_value(context) ? error_expr(place) : expr(*context.value);
  if (key == nullptr) {
    auto report = reports_->report(diag::assignment_target, span(target));
    report.label("not a key");
    FlowParser::ExprContext* base = target.value != nullptr ? target.value->left : nullptr;
    const antlr4::Token* record = lone_name(base);
    const FlowParser::PostfixContext* post = record != nullptr ? target.value->post : nullptr;
    if (post != nullptr && post->field != nullptr && type_of(*context.op) == Tok::ASSIGN)
      report.help("a record is copied with a change",
                  {place, fmt::format("{0} = {{ ...{0}, {1}: {2} }}", text(span(*record)),
                                      text(span(*post->field)), text(span(*context.value)))});
    return nullptr;
  }
  if (type_of(*context.op) == Tok::OP_ASSIGN) {
    Span op = span(*context.op);
    std::string_view sign = text(op).substr(0, text(op).size() - 1);
    reports_->report(diag::foreign_operator, op, text(op))
        .label("assigns and computes at once")
        .help("write it out", {op, fmt::format("= {} {}", text(span(*key)), sign)});
  }
  return arena_->make<ast::AssignStatement>(ast::Statement{StatementKind::Assign, place},
                                            name(*key), value);
}

ast::Statement* Builder::chain_statement(Context& context) {
  Span place = span(context);
  ast::Chain made = chain(context.stages, context.ops, place);
  note_unquoted_action(context, *made.stages[0]);
  return arena_->make<ast::ChainStatement>(ast::Statement{StatementKind::Chain, place}, made);
}

void Builder::note_unquoted_action(Context& context, ast::Stage& first) {
  FlowParser::ExprContext* value = context.stages[0]->value;
  if (value == nullptr || value->op == nullptr || type_of(*value->op) != Tok::MINUS) return;
  const antlr4::Token* label = lone_name(value->left);
  const antlr4::Token* action = lone_name(value->right);
  if (label != nullptr && action != nullptr)
    unquoted_actions_.push_back({name(*label).symbol, span(*action), &first});
}

void Builder::end_of_flow() {
  for (const UnquotedAction& each : unquoted_actions_) {
    if (std::find(labels_.begin(), labels_.end(), each.label) == labels_.end()) continue;
    reports_->report(diag::action_not_quoted, each.action, Reports::shorten(text(each.action)))
        .label("an action is a string")
        .help("quote it", {each.action, fmt::format("\"{}\"", text(each.action))});
    each.stage->expr = error_expr(each.action);
  }
  unquoted_actions_.clear();
  labels_.clear();
}

ast::Statement* Builder::on_error(Context& context) {
  Span head = join(span(*context.onError), {});
  head.end = span(*context.body).begin;
  while (head.end > head.begin && text_[head.end - 1] == ' ') --head.end;
  return arena_->make<ast::OnErrorStatement>(ast::Statement{StatementKind::OnError, span(context)},
                                             body(*context.body), head);
}

ast::Statement* Builder::assertion(Context& context) {
  const ast::Expr* condition = expr(*context.value);
  const ast::Expr* why = context.why != nullptr ? expr(*context.why) : nullptr;
  return arena_->make<ast::AssertStatement>(ast::Statement{StatementKind::Assert, span(context)},
                                            condition, why);
}

}  // namespace pflow::parse
