#include "frontend/parse/build/match.h"

#include "frontend/parse/build/literals.h"
#include "frontend/parse/build/names.h"
#include "frontend/parse/build/shapes.h"
#include "frontend/parse/build/texts.h"

namespace pflow::parse {

namespace {

using Tok = FlowParser;
using ast::PatternKind;

int64_t pattern_number(Builder& b, FlowParser::PatternContext& context) {
  Span digits = b.span(*context.literal);
  bool negative = context.minus != nullptr;
  // The smallest int has no positive counterpart.
  bool smallest = negative && b.text(digits) == "9223372036854775808";
  const ast::Expr* read = int_literal(b, digits, smallest);
  int64_t value = read->kind == ast::ExprKind::Int ? ast::as<ast::IntExpr>(*read).value : 0;
  return negative && !smallest ? -value : value;
}

/// `call search s`.
ast::Pattern call_pattern(Builder& b, FlowParser::PatternContext& context) {
  ast::Pattern made{};
  made.span = b.span(context);
  made.kind = PatternKind::Variant;
  made.is_call = true;
  made.type = name_of(b, *context.callee);
  if (context.bound != nullptr) made.binding = own_name(b, *context.bound, "key");
  if (b.text(b.span(*context.call)) != "call")
    b.reports.report(diag::not_a_pattern, made.span, Reports::shorten(b.text(made.span)))
        .label("two names")
        .help("a call of a node is written `call search s`");
  return made;
}

ast::Pattern build_pattern(Builder& b, FlowParser::PatternContext& context) {
  ast::Pattern made{};
  made.span = b.span(context);
  if (context.text != nullptr) {
    made.kind = PatternKind::Text;
    made.text = plain_text(b, *context.text);
    return made;
  }
  if (context.type != nullptr) {
    made.kind = PatternKind::Variant;
    if (context.module != nullptr) made.module = name_of(b, *context.module).symbol;
    made.type = name_of(b, *context.type);
    if (context.bound != nullptr) made.binding = own_name(b, *context.bound, "key");
    return made;
  }
  if (context.callee != nullptr) return call_pattern(b, context);
  made.kind = PatternKind::Any;
  if (context.other != nullptr) {
    b.reports.report(diag::not_a_pattern, made.span, Reports::shorten(b.text(made.span)))
        .label("a name")
        .help("a string stands in quotes", {made.span, fmt::format("\"{}\"", b.text(made.span))})
        .help("`_` takes whatever no other arm takes");
    return made;
  }
  switch (type_of(*context.literal)) {
    case Tok::UNDERSCORE: break;
    case Tok::NONE: made.kind = PatternKind::None; break;
    case Tok::INT:
      made.kind = PatternKind::Int;
      made.integer = pattern_number(b, context);
      break;
    default:
      made.kind = PatternKind::Bool;
      made.integer = type_of(*context.literal) == Tok::TRUE ? 1 : 0;
  }
  return made;
}

}  // namespace

std::span<const ast::Pattern> build_patterns(Builder& b, FlowParser::MatchArmContext& context) {
  std::vector<ast::Pattern> made;
  for (auto* each : context.patterns) made.push_back(build_pattern(b, *each));
  return b.arena.copy(made);
}

void check_arm_separators(Builder& b, FlowParser::MatchExprContext& context) {
  for (auto* each : context.separators) {
    if (type_of(*each->start) != Tok::SEMI) continue;
    b.reports.report(diag::unexpected_token, b.span(*each), "`,` or a new line", "`;`")
        .label("ends a statement, not an arm")
        .help("write `,`", {b.span(*each), ","})
        .certain();
    return;
  }
}

void report_arm(Builder& b, FlowParser::StatementContext& context, std::string_view wanted) {
  Span place = b.span(context);
  auto report = b.reports.report(diag::arm_needs_braces, place, wanted, describe(context));
  report.label(wanted == "stage" ? "needs braces around it" : "gives no value");
  if (wanted == "stage")
    report.help("put it into braces", {place, fmt::format("{{ {} }}", b.text(place))}).certain();
  else
    report.help(
        "inside an expression each arm gives a value; as a stage of its own, a `match` "
        "may run stages");
}

const ast::Expr* match_expr(Builder& b, FlowParser::MatchExprContext& context) {
  check_arm_separators(b, context);
  const ast::Expr* subject = b.expr(*context.subject);
  std::vector<ast::MatchArm> arms;
  for (auto* each : context.arms) {
    FlowParser::ExprContext* value = lone_value(*each->body);
    if (value == nullptr) report_arm(b, *each->body, "value");
    auto found = build_patterns(b, *each);
    arms.push_back({found, value != nullptr ? b.expr(*value) : b.error_expr(b.span(*each->body))});
  }
  return b.make<ast::MatchExpr>(ast::ExprKind::Match, b.span(context), subject,
                                std::span<const ast::MatchArm>(b.arena.copy(arms)));
}

}  // namespace pflow::parse
