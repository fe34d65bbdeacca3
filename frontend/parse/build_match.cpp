#include <charconv>

#include "frontend/parse/build.h"

namespace pflow::parse {

namespace {

using Tok = FlowParser;
using ast::PatternKind;

}  // namespace

const ast::Expr* Builder::match_expr(FlowParser::MatchExprContext& context) {
  check_arm_separators(context);
  const ast::Expr* subject = expr(*context.subject);
  std::vector<ast::MatchArm> arms;
  for (auto* each : context.arms) {
    FlowParser::ExprContext* value = lone_value(*each->body);
    if (value == nullptr) report_arm(*each->body, "value");
    auto found = patterns(*each);
    arms.push_back({found, value != nullptr ? expr(*value) : error_expr(span(*each->body))});
  }
  return make<ast::MatchExpr>(ast::ExprKind::Match, span(context), subject,
                              std::span<const ast::MatchArm>(arena_->copy(arms)));
}

void Builder::check_arm_separators(FlowParser::MatchExprContext& context) {
  for (auto* each : context.separators) {
    if (type_of(*each->start) != Tok::SEMI) continue;
    reports_->report(diag::unexpected_token, span(*each), "`,` or a new line", "`;`")
        .label("ends a statement, not an arm")
        .help("write `,`", {span(*each), ","});
    return;
  }
}

void Builder::report_arm(FlowParser::StatementContext& context, std::string_view wanted) {
  Span place = span(context);
  auto report = reports_->report(diag::arm_needs_braces, place, wanted, describe(context));
  report.label(wanted == "stage" ? "needs braces around it" : "gives no value");
  if (wanted == "stage")
    report.help("put it into braces", {place, fmt::format("{{ {} }}", text(place))});
  else
    report.help(
        "inside an expression each arm gives a value; as a stage of its own, a `match` "
        "may run stages");
}

std::span<const ast::Pattern> Builder::patterns(FlowParser::MatchArmContext& context) {
  std::vector<ast::Pattern> made;
  for (auto* each : context.patterns) made.push_back(pattern(*each));
  return arena_->copy(made);
}

ast::Pattern Builder::pattern(FlowParser::PatternContext& context) {
  ast::Pattern made{};
  made.span = span(context);
  if (context.text != nullptr) {
    made.kind = PatternKind::Text;
    made.text = plain_text(*context.text);
    return made;
  }
  if (context.type != nullptr) {
    made.kind = PatternKind::Variant;
    if (context.module != nullptr) made.module = name(*context.module).symbol;
    made.type = name(*context.type);
    if (context.bound != nullptr) made.binding = own_name(*context.bound, "key");
    return made;
  }
  made.kind = PatternKind::Any;
  if (context.other != nullptr) {
    reports_->report(diag::not_a_pattern, made.span, Reports::shorten(text(made.span)))
        .label("a name")
        .help("a string stands in quotes", {made.span, fmt::format("\"{}\"", text(made.span))})
        .help("`_` takes whatever no other arm takes");
    return made;
  }
  switch (type_of(*context.literal)) {
    case Tok::UNDERSCORE: break;
    case Tok::NONE: made.kind = PatternKind::None; break;
    case Tok::INT:
      made.kind = PatternKind::Int;
      made.integer = pattern_number(context);
      break;
    default:
      made.kind = PatternKind::Bool;
      made.integer = type_of(*context.literal) == Tok::TRUE ? 1 : 0;
  }
  return made;
}

int64_t Builder::pattern_number(FlowParser::PatternContext& context) {
  Span digits = span(*context.literal);
  bool negative = context.minus != nullptr;
  // The smallest int has no positive counterpart.
  bool smallest = negative && text(digits) == "9223372036854775808";
  const ast::Expr* read = int_literal(digits, smallest);
  int64_t value = read->kind == ast::ExprKind::Int ? ast::as<ast::IntExpr>(*read).value : 0;
  return negative && !smallest ? -value : value;
}

}  // namespace pflow::parse
