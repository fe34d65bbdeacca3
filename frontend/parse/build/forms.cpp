#include "frontend/parse/build/forms.h"

#include "frontend/parse/build/bodies.h"
#include "frontend/parse/build/match.h"
#include "frontend/parse/build/names.h"
#include "frontend/parse/build/shapes.h"

namespace pflow::parse {

const ast::EachForm* each_form(Builder& b, FlowParser::EachFormContext& context, bool first) {
  ast::Name item = own_name(b, *context.element, "item");
  if (context.mistake != nullptr) {
    auto report = b.reports.report(diag::each_names_list, b.span(*context.mistake));
    report.label("the list stands before `each`");
    Span head = join(b.span(*context.start), b.span(*context.list));
    std::string_view list = b.text(b.span(*context.list));
    if (first)
      report
          .help("pipe the list into it",
                {head, fmt::format("{} >> each {}", list, b.text(item.span))})
          .certain();
    else
      report.help("it takes what `>>` passes on",
                  {head, fmt::format("each {}", b.text(item.span))});
  }
  return b.arena.make<ast::EachForm>(item, build_body(b, *context.body));
}

const ast::RepeatForm* repeat_form(Builder& b, FlowParser::RepeatFormContext& context) {
  ast::RepeatForm made{};
  if (context.element != nullptr) {
    made.item = own_name(b, *context.element, "item");
    made.list = b.expr(*context.list);
  }
  made.body = build_body(b, *context.body);
  if (context.until != nullptr) made.until = b.expr(*context.until);
  return b.arena.make<ast::RepeatForm>(made);
}

const ast::IfForm* if_form(Builder& b, FlowParser::IfExprContext& context) {
  std::vector<ast::IfForm::Arm> arms;
  for (size_t i = 0; i < context.conditions.size(); ++i)
    arms.push_back({b.expr(*context.conditions[i]), build_body(b, *context.thens[i])});
  const ast::Block* otherwise =
      context.otherwise != nullptr ? build_body(b, *context.otherwise) : nullptr;
  return b.arena.make<ast::IfForm>(std::span<const ast::IfForm::Arm>(b.arena.copy(arms)),
                                   otherwise);
}

namespace {

/// Braces hold the arm's statements; without them it is one stage.
const ast::Block* arm_body(Builder& b, FlowParser::StatementContext& context) {
  FlowParser::ExprContext* value = lone_value(context);
  if (value != nullptr && value->atom != nullptr && value->atom->braces != nullptr)
    return build_body(b, *value->atom->braces);
  bool one_stage = context.stages.size() == 1 && context.op == nullptr &&
                   context.label == nullptr && !has_entries(context);
  if (!one_stage) report_arm(b, context, "stage");
  std::vector<ast::Statement*> statements;
  if (ast::Statement* made = b.statement(context)) statements.push_back(made);
  return build_block(b, statements, b.span(context));
}

}  // namespace

const ast::MatchForm* match_form(Builder& b, FlowParser::MatchExprContext& context) {
  check_arm_separators(b, context);
  const ast::Expr* subject = b.expr(*context.subject);
  std::vector<ast::MatchForm::Arm> arms;
  for (auto* each : context.arms)
    arms.push_back({build_patterns(b, *each), arm_body(b, *each->body), b.span(*each)});
  return b.arena.make<ast::MatchForm>(subject,
                                      std::span<const ast::MatchForm::Arm>(b.arena.copy(arms)));
}

}  // namespace pflow::parse
