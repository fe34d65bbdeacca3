#include "frontend/parse/build/statements.h"

#include "frontend/parse/build/bodies.h"
#include "frontend/parse/build/cassettes.h"
#include "frontend/parse/build/entries.h"
#include "frontend/parse/build/lets.h"
#include "frontend/parse/build/names.h"
#include "frontend/parse/build/shapes.h"
#include "frontend/parse/build/stages.h"
#include "frontend/parse/build/texts.h"

namespace pflow::parse {

namespace {

using Tok = FlowParser;
using ast::StatementKind;

ast::Statement* let_statement(Builder& b, FlowParser::StatementContext& context) {
  return b.arena.make<ast::LetStatement>(ast::Statement{StatementKind::Let, b.span(context)},
                                         let_binding(b, context));
}

ast::Statement* return_statement(Builder& b, FlowParser::StatementContext& context) {
  Span place = b.span(context);
  const ast::Expr* value = nullptr;
  if (context.value == nullptr) {
    b.reports.report(diag::return_without_value, place)
        .label("expected a value after this")
        .help("without a value, a flow ends with `end`", {place, "end"})
        .certain();
    value = b.error_expr(place);
  } else {
    value = chain_as_value(b, context) ? b.error_expr(place) : b.expr(*context.value);
  }
  return b.arena.make<ast::ReturnStatement>(ast::Statement{StatementKind::Return, place}, value);
}

ast::Statement* transition(Builder& b, FlowParser::StatementContext& context) {
  ast::TransitionStatement made{};
  made.kind = StatementKind::Transition;
  made.span = b.span(context);
  made.label = name_of(b, *context.label);
  made.any = context.action->any != nullptr;
  made.action_span = b.span(*context.action);
  if (!made.any) made.action = plain_text(b, *context.action->text);
  if (context.stages.empty()) {
    Span end{made.span.file, made.span.end, made.span.end};
    b.reports.report(diag::transition_without_chain, made.action_span)
        .label("expected `>>` after this")
        .help("to end there, write `>> end`", {end, " >> end"});
  }
  Span place = context.stages.empty()
                   ? made.action_span
                   : join(b.span(*context.stages.front()), b.span(*context.stages.back()));
  made.chain = build_chain(b, context.stages, context.ops, place);
  return b.arena.make<ast::TransitionStatement>(made);
}

ast::Statement* assignment(Builder& b, FlowParser::StatementContext& context) {
  Span place = b.span(context);
  FlowParser::StageContext& target = *context.stages[0];
  const antlr4::Token* key = target.suffixes.empty() ? lone_name(target.value) : nullptr;
  const ast::Expr* value =
      chain_as_value(b, context) ? b.error_expr(place) : b.expr(*context.value);
  if (key == nullptr) {
    auto report = b.reports.report(diag::assignment_target, b.span(target));
    report.label("not a key");
    FlowParser::ExprContext* base = target.value != nullptr ? target.value->left : nullptr;
    const antlr4::Token* record = lone_name(base);
    const FlowParser::PostfixContext* post = record != nullptr ? target.value->post : nullptr;
    if (post != nullptr && post->field != nullptr && type_of(*context.op) == Tok::ASSIGN)
      report.help(
          "a record is copied with a change",
          {place, fmt::format("{0} = {{ ...{0}, {1}: {2} }}", b.text(b.span(*record)),
                              b.text(b.span(*post->field)), b.text(b.span(*context.value)))});
    const FlowParser::SubscriptContext* index = post != nullptr ? post->index : nullptr;
    bool entry = index != nullptr && index->colon == nullptr && type_of(*context.op) == Tok::ASSIGN;
    if (entry && lone_text(index->from) != nullptr)
      report.help(
          "a map is copied with a change",
          {place, fmt::format("{0} = {0}.insert({1}, {2})", b.text(b.span(*record)),
                              b.text(b.span(*index->from)), b.text(b.span(*context.value)))});
    else if (entry)
      report.help(fmt::format("a map is copied with a change: `{0} = {0}.insert(key, value)`",
                              b.text(b.span(*record))));
    return nullptr;
  }
  if (type_of(*context.op) == Tok::OP_ASSIGN) {
    Span op = b.span(*context.op);
    std::string_view sign = b.text(op).substr(0, b.text(op).size() - 1);
    std::vector<Edit> edits = {{op, fmt::format("= {} {}", b.text(b.span(*key)), sign)}};
    if (context.value->op != nullptr) {
      const Span all = b.span(*context.value);
      edits.push_back({{all.file, all.begin, all.begin}, "("});
      edits.push_back({{all.file, all.end, all.end}, ")"});
    }
    b.reports.report(diag::foreign_operator, op, b.text(op))
        .label("assigns and computes at once")
        .edits("write it out", std::move(edits))
        .certain();
  }
  return b.arena.make<ast::AssignStatement>(ast::Statement{StatementKind::Assign, place},
                                            name_of(b, *key), value);
}

void note_unquoted_action(Builder& b, FlowParser::StatementContext& context, ast::Stage& first) {
  FlowParser::ExprContext* value = context.stages[0]->value;
  if (value == nullptr || value->op == nullptr || type_of(*value->op) != Tok::MINUS) return;
  const antlr4::Token* label = lone_name(value->left);
  const antlr4::Token* action = lone_name(value->right);
  if (label != nullptr && action != nullptr)
    b.unquoted_actions.note({name_of(b, *label).symbol, b.span(*action), &first});
}

ast::Statement* chain_statement(Builder& b, FlowParser::StatementContext& context) {
  Span place = b.span(context);
  ast::Chain made = build_chain(b, context.stages, context.ops, place);
  note_unquoted_action(b, context, *made.stages[0]);
  return b.arena.make<ast::ChainStatement>(ast::Statement{StatementKind::Chain, place}, made);
}

ast::Statement* on_error(Builder& b, FlowParser::StatementContext& context) {
  Span head = join(b.span(*context.onError), {});
  head.end = b.span(*context.body).begin;
  while (head.end > head.begin && b.source[head.end - 1] == ' ') --head.end;
  return b.arena.make<ast::OnErrorStatement>(
      ast::Statement{StatementKind::OnError, b.span(context)}, build_body(b, *context.body), head);
}

ast::Statement* assertion(Builder& b, FlowParser::StatementContext& context) {
  const ast::Expr* condition = b.expr(*context.value);
  const ast::Expr* why = context.why != nullptr ? b.expr(*context.why) : nullptr;
  return b.arena.make<ast::AssertStatement>(ast::Statement{StatementKind::Assert, b.span(context)},
                                            condition, why);
}

/// `ask`, or `notes.ask` of an import.
ast::Name stub_target(Builder& b, FlowParser::StatementContext& context) {
  ast::Name name = name_of(b, *context.target);
  if (context.module == nullptr) return name;
  const Span module = b.span(*context.module);
  name.symbol = b.names.intern(fmt::format("{}.{}", b.text(module), b.text(name.span)));
  name.span = join(module, name.span);
  return name;
}

ast::Statement* stub(Builder& b, FlowParser::StatementContext& context) {
  return b.arena.make<ast::StubStatement>(ast::Statement{StatementKind::Stub, b.span(context)},
                                          stub_target(b, context), b.expr(*context.value));
}

}  // namespace

ast::Statement* build_statement(Builder& b, FlowParser::StatementContext& context) {
  if (context.name != nullptr) return let_statement(b, context);
  if (context.ret != nullptr) return return_statement(b, context);
  if (context.label != nullptr) return transition(b, context);
  if (context.onError != nullptr) return on_error(b, context);
  if (context.test != nullptr) return assertion(b, context);
  if (context.stub != nullptr) return stub(b, context);
  if (context.cassette != nullptr) return cassette_block(b, context);
  if (has_entries(context)) return entries_statement(b, context);
  return context.op != nullptr ? assignment(b, context) : chain_statement(b, context);
}

void end_of_flow(Builder& b) {
  for (const UnquotedAction& each : b.unquoted_actions.take()) {
    b.reports.report(diag::action_not_quoted, each.action, Reports::shorten(b.text(each.action)))
        .label("an action is a string")
        .help("quote it", {each.action, fmt::format("\"{}\"", b.text(each.action))})
        .certain();
    each.stage->expr = b.error_expr(each.action);
  }
}

}  // namespace pflow::parse
