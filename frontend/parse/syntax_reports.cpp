#include "frontend/parse/syntax_reports.h"

#include <algorithm>

#include "frontend/parse/expected_tokens.h"
#include "frontend/parse/lex.h"

namespace pflow::parse {

namespace {

using Tok = FlowParser;

struct Word {
  std::string_view word;
  std::string_view instead;
};

/// Words that begin statements in other languages, and what stands for them.
constexpr Word kForeignWords[] = {
    {"for", "stages go over a list with `list >> each item { … }` or `repeat item in list { … }`"},
    {"while", "stages repeat with `repeat { … } until done`"},
    {"def", "a function is a `node`, a program a `flow`"},
    {"fn", "a function is a `node`, a program a `flow`"},
    {"func", "a function is a `node`, a program a `flow`"},
    {"function", "a function is a `node`, a program a `flow`"},
    {"var", "a key is made by `let`, and assigned with `=`"},
    {"const", "a key is made by `let`"},
    {"try", "a failure is followed with `name - \"error\" >> …` or `on error { … }`"},
    {"switch", "`match value { … }` chooses between arms"},
    {"struct", "records are declared by `schema`"},
    {"class", "records are declared by `schema`"}};

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
  const FlowToken& found = token(failure.token);
  if (report_foreign_word(begin)) return true;
  if (found.type() == Tok::CASSETTE) {
    reports_->report(diag::later_edition, span(found), "`cassette`").label("reserved for later");
    return true;
  }
  return report_form(failure) || report_arm(failure) || report_increment(failure) ||
         report_brace_on_next_line(failure);
}

/// A stage with a body where a value is expected; `elif`.
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
  std::string_view word = text(found);
  if (before.type() != Tok::RBRACE || (word != "elif" && word != "elsif" && word != "elseif"))
    return false;
  reports_->report(diag::foreign_word, span(found), word)
      .label("no word of this language")
      .help("write `else if`", {span(found), "else if"});
  return true;
}

/// `case 1 => …`, `1: …`, `1 -> …`, `x if … =>`, and `"k" => v` in a map.
bool SyntaxReports::report_arm(const SyntaxFailure& failure) {
  if (failure.token == 0) return false;
  const FlowToken& found = token(failure.token);
  const FlowToken& before = token(failure.token - 1);
  bool arrow = found.type() == Tok::FAT_ARROW && before.type() == Tok::STR_CLOSE &&
               failure.expected.contains(size_t{Tok::COLON});
  bool arm =
      in_rule(failure, Tok::RuleMatchArm) && failure.expected.contains(size_t{Tok::FAT_ARROW});
  if (!arm && !arrow) return false;
  auto report = reports_->report(diag::unexpected_token, span(found), arrow ? "`:`" : "`=>`",
                                 describe(found));
  report.label("does not fit here");
  if (arrow)
    report.help("the key of a map is followed by `:`", {span(found), ":"});
  else if (text(before) == "case")
    report.help("an arm begins with its pattern",
                {reports_->span(before.begin(), found.begin()), ""});
  else if (found.type() == Tok::IF)
    report.help("patterns have no conditions: test with `if` inside the arm");
  else if (found.type() == Tok::COLON || found.type() == Tok::ARROW || found.type() == Tok::ASSIGN)
    report.help("an arm is written `pattern => value`", {span(found), "=>"});
  else
    report.help("an arm is written `pattern => value`");
  return true;
}

bool SyntaxReports::report_foreign_word(uint32_t begin) {
  const FlowToken& first = token(begin);
  if (first.type() != Tok::NAME) return false;
  for (const Word& each : kForeignWords) {
    if (each.word != text(first)) continue;
    reports_->report(diag::foreign_word, span(first), each.word)
        .label("no word of this language")
        .help(std::string(each.instead));
    return true;
  }
  return false;
}

/// `x++`, `x--`.
bool SyntaxReports::report_increment(const SyntaxFailure& failure) {
  if (failure.token < 2) return false;
  const FlowToken& second = token(failure.token);
  const FlowToken& first = token(failure.token - 1);
  bool same = first.type() == second.type() && first.end() == second.begin();
  if (!same || second.type() != Tok::PLUS) return false;
  Span both = reports_->span(first.begin(), second.end());
  auto report = reports_->report(diag::foreign_operator, both, "++");
  report.label("changes a key in place");
  const FlowToken& key = token(failure.token - 2);
  if (key.type() == Tok::NAME)
    report.help("write it out", {both, fmt::format(" = {} + 1", text(key))});
  return true;
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
    report.help("put `{` at the end of that line", {reports_->span(end, brace.end()), " {"});
  return true;
}

void SyntaxReports::report_unexpected(const SyntaxFailure& failure, uint32_t begin) {
  const FlowToken& found = token(failure.token);
  auto report =
      reports_->report(diag::unexpected_token, span(found), expected(failure), describe(found));
  report.label("does not fit here");
  uint32_t end = failure.token > 0 ? token(failure.token - 1).end() : 0;
  bool list = failure.expected.contains(size_t{Tok::COMMA});
  if (found.type() == Tok::ASSIGN && in_rule(failure, Tok::RuleIfExpr))
    report.help("`==` compares", {span(found), "=="});
  else if (list && begins_entry(found.type()) && failure.token > begin)
    report.help("entries are separated by `,`", {reports_->span(end, end), ","});
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
      two_names ? nearest_name(text(first), {"flow", "node", "extern", "schema", "type", "let",
                                             "return", "import", "test"})
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

bool SyntaxReports::in_rule(const SyntaxFailure& failure, size_t rule) const {
  return std::find(failure.rules.begin(), failure.rules.end(), rule) != failure.rules.end();
}

}  // namespace pflow::parse
