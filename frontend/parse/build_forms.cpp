#include "frontend/parse/build.h"

namespace pflow::parse {

const ast::EachForm* Builder::each_form(FlowParser::EachFormContext& context, bool first) {
  ast::Name item = own_name(*context.element, "item");
  if (context.mistake != nullptr) {
    auto report = reports_->report(diag::each_names_list, span(*context.mistake));
    report.label("the list stands before `each`");
    Span head = join(span(*context.start), span(*context.list));
    std::string_view list = text(span(*context.list));
    if (first)
      report.help("pipe the list into it",
                  {head, fmt::format("{} >> each {}", list, text(item.span))});
    else
      report.help("it takes what `>>` passes on", {head, fmt::format("each {}", text(item.span))});
  }
  return arena_->make<ast::EachForm>(item, body(*context.body));
}

const ast::RepeatForm* Builder::repeat_form(FlowParser::RepeatFormContext& context) {
  ast::RepeatForm made{};
  if (context.element != nullptr) {
    made.item = own_name(*context.element, "item");
    made.list = expr(*context.list);
  }
  made.body = body(*context.body);
  if (context.until != nullptr) made.until = expr(*context.until);
  return arena_->make<ast::RepeatForm>(made);
}

const ast::IfForm* Builder::if_form(FlowParser::IfExprContext& context) {
  std::vector<ast::IfForm::Arm> arms;
  for (size_t i = 0; i < context.conditions.size(); ++i)
    arms.push_back({expr(*context.conditions[i]), body(*context.thens[i])});
  const ast::Block* otherwise = context.otherwise != nullptr ? body(*context.otherwise) : nullptr;
  return arena_->make<ast::IfForm>(std::span<const ast::IfForm::Arm>(arena_->copy(arms)),
                                   otherwise);
}

const ast::MatchForm* Builder::match_form(FlowParser::MatchExprContext& context) {
  check_arm_separators(context);
  const ast::Expr* subject = expr(*context.subject);
  std::vector<ast::MatchForm::Arm> arms;
  for (auto* each : context.arms)
    arms.push_back({patterns(*each), arm_body(*each->body), span(*each)});
  return arena_->make<ast::MatchForm>(subject,
                                      std::span<const ast::MatchForm::Arm>(arena_->copy(arms)));
}

/// Braces hold the arm's statements; without them it is one stage.
const ast::Block* Builder::arm_body(FlowParser::StatementContext& context) {
  FlowParser::ExprContext* value = lone_value(context);
  if (value != nullptr && value->atom != nullptr && value->atom->braces != nullptr)
    return body(*value->atom->braces);
  bool one_stage = context.stages.size() == 1 && context.op == nullptr &&
                   context.label == nullptr && !has_entries(context);
  if (!one_stage) report_arm(context, "stage");
  std::vector<ast::Statement*> statements;
  if (ast::Statement* made = statement(context)) statements.push_back(made);
  return block(statements, span(context));
}

}  // namespace pflow::parse
