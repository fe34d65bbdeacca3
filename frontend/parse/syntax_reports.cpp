#include "frontend/parse/syntax_reports.h"

#include "frontend/parse/expected_tokens.h"
#include "frontend/parse/lex.h"
#include "frontend/parse/syntax_habits.h"

namespace pflow::parse {

namespace {

using Tok = FlowParser;

/// Words that begin stages with a body.
bool begins_form(TokenType type) {
  return type == Tok::PAR || type == Tok::EACH || type == Tok::REPEAT;
}

bool begins_entry(TokenType type) {
  return type == Tok::NAME || type == Tok::UNAME || type == Tok::STR_OPEN || type == Tok::INT ||
         type == Tok::NL;
}

}  // namespace

void SyntaxReports::report(const SyntaxFailure& failure, uint32_t begin) {
  const FlowToken& found = token(failure.token);
  uint32_t from = token(begin).begin();
  for (uint32_t mistake : lexed_->mistakes)
    if (mistake >= from && mistake <= found.end()) return;
  if (failure.too_deep) {
    reports_->report(diag::nested_too_deep, span(found), kMaxDepth)
        .label("one level too deep")
        .help("give a part of it a name with `let`, or make a node of it");
    return;
  }
  if (!report_habit(failure, begin)) report_unexpected(failure, begin);
}

bool SyntaxReports::report_habit(const SyntaxFailure& failure, uint32_t begin) {
  const TokenView tokens(text_, *lexed_, *reports_);
  return report_statement_habit(tokens, failure, begin) || report_form(failure) ||
         report_brace_on_next_line(failure) || report_declaration_habit(tokens, failure, begin) ||
         report_expression_habit(tokens, failure, begin);
}

/// A stage with a body where a value is expected.
bool SyntaxReports::report_form(const SyntaxFailure& failure) {
  const FlowToken& found = token(failure.token);
  const FlowToken& before = token(failure.token > 0 ? failure.token - 1 : 0);
  bool as_value = begins_form(found.type()) && failure.expected.contains(size_t{Tok::INT});
  // Taken for the name of an argument.
  bool as_argument = begins_form(before.type()) && failure.expected.contains(size_t{Tok::COLON}) &&
                     in_rule(failure, Tok::RuleArgument);
  if (as_value || as_argument) {
    const FlowToken& form = as_value ? found : before;
    reports_->report(diag::stage_in_expression, span(form), text(form))
        .label("a stage, not a value")
        .help("let it stand as a stage of its own: its value goes into a key with `-> key`");
    return true;
  }
  return false;
}

bool SyntaxReports::report_brace_on_next_line(const SyntaxFailure& failure) {
  const FlowToken& newline = token(failure.token);
  const FlowToken& brace = token(failure.token + 1);
  if (newline.type() != Tok::NL || brace.type() != Tok::LBRACE || failure.token == 0) return false;
  if (!failure.expected.contains(size_t{Tok::LBRACE})) return false;
  uint32_t end = token(failure.token - 1).end();
  std::string_view gap = text_.substr(end, brace.begin() - end);
  auto report = reports_->report(diag::brace_on_next_line, span(brace));
  report.label("belongs on the line before");
  report.secondary(reports_->span(end, end), "expected here");
  if (gap.find_first_not_of(" \t\r\n") == std::string_view::npos)
    report.help("put `{` at the end of that line", {reports_->span(end, brace.end()), " {"})
        .certain();
  return true;
}

/// A comma between the arguments of a call would make one more of them.
void SyntaxReports::separated(DiagnosticBuilder& report, const SyntaxFailure& failure,
                              uint32_t begin) const {
  const TokenView tokens(text_, *lexed_, *reports_);
  size_t bracket = enclosing_bracket(tokens, failure.token, begin);
  uint32_t end = token(failure.token - 1).end();
  if (bracket != SIZE_MAX && tokens.type(bracket) == Tok::LPAREN)
    report.help("entries are separated by `,`");
  else
    report.help("entries are separated by `,`", {reports_->span(end, end), ","});
}

void SyntaxReports::report_unexpected(const SyntaxFailure& failure, uint32_t begin) {
  const FlowToken& found = token(failure.token);
  auto report =
      reports_->report(diag::unexpected_token, span(found), expected(failure), describe(found));
  report.label("does not fit here");
  bool list = failure.expected.contains(size_t{Tok::COMMA});
  if (list && begins_entry(found.type()) && failure.token > begin)
    separated(report, failure, begin);
  if (in_rule(failure, Tok::RuleEachForm) && !failure.rules.empty() &&
      failure.rules[0] != Tok::RulePolicies)
    report.help("it is written `each item { … }`");
  if (!failure.rules.empty() && failure.rules[0] == Tok::RuleRepeatForm)
    report.help("it is written `repeat { … } until done` or `repeat item in list { … }`");
  if (in_rule(failure, Tok::RuleExternDecl) && failure.token > 0 &&
      token(failure.token - 1).type() == Tok::ARROW)
    report.help("outputs of an `extern node` have names: `-> (value: str)`");
  const FlowToken& first = token(begin);
  bool two_names = first.type() == Tok::NAME && failure.token == begin + 1 &&
                   (found.type() == Tok::NAME || found.type() == Tok::UNAME);
  std::string_view near =
      two_names ? nearest_name(text(first), {"flow", "node", "extern", "schema", "type", "alias",
                                             "durable", "let", "return", "import", "test"})
                : std::string_view();
  if (!near.empty())
    report.help(fmt::format("a word with a similar name exists: `{}`", near),
                {span(first), std::string(near)});
}

/// What fits where the parse stopped. When it had read on from the place of its
/// decision, only what stands before the token is known for sure.
std::string SyntaxReports::expected(const SyntaxFailure& failure) const {
  TokenType last = failure.token > 0 ? token(failure.token - 1).type() : TokenType{0};
  bool arm_begins =
      last == Tok::LBRACE || last == Tok::COMMA || last == Tok::NL || last == Tok::BAR;
  bool in_match = in_rule(failure, Tok::RulePattern) ||
                  (!failure.rules.empty() && failure.rules[0] == Tok::RuleMatchExpr);
  if (in_match && arm_begins) return "a pattern";
  if (failure.token == failure.decision) {
    std::string described = describe_expected(failure.expected);
    return described.empty() ? "the end of the statement" : described;
  }
  const FlowToken& before = token(failure.token - 1);
  if (before.type() == Tok::COMMA) return "another entry";
  if (!failure.rules.empty() && failure.rules[0] == Tok::RulePort) return "`:` and a type";
  return fmt::format("something else after {}", describe(before));
}

std::string SyntaxReports::describe(const FlowToken& token) const {
  switch (token.type()) {
    case kEndOfFile: return "the end of the file";
    case Tok::NL: return "the end of the line";
    case Tok::STR_OPEN:
    case Tok::BLOCK_OPEN:
    case Tok::RAW_STR:
    case Tok::RAW_BLOCK_OPEN: return "a string";
    case Tok::TO_ACTION: return "the `-` of a transition";
    default: break;
  }
  return fmt::format("`{}`", Reports::shorten(text(token)));
}

}  // namespace pflow::parse
