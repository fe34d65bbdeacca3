// Habits in how statements, stages and arms begin and go on.
#include "frontend/habits/habits.h"
#include "frontend/parse/syntax_habits.h"

namespace pflow::parse {

namespace {

using Tok = FlowParser;

/// The word with the blanks behind it, when it is left out.
Span whole_word(const TokenView& tokens, size_t index, std::string_view here) {
  Span span = tokens.span(index);
  if (here.empty()) span.end = tokens.span(index + 1).begin;
  return span;
}

void report_word(const TokenView& tokens, size_t index, const habits::Word& word, bool edit) {
  auto report = tokens.reports().report(diag::foreign_word, tokens.span(index), word.written);
  report.label("no word of this language");
  if (!edit || word.here == habits::kNoEdit) return void(report.help(std::string(word.help)));
  report.help(std::string(word.help),
              {whole_word(tokens, index, word.here), std::string(word.here)});
  if (word.here.empty() || word.here == "let") report.certain();
}

/// `for …`, `async flow …`, and `new T { … }` within a statement.
bool foreign_word(const TokenView& tokens, size_t found, size_t begin) {
  if (tokens.type(begin) == Tok::NAME) {
    const habits::Word* word = habits::find_word(tokens.text(begin));
    if (word != nullptr && (!word->soft || found == begin + 1)) {
      report_word(tokens, begin, *word, true);
      return true;
    }
  }
  if (found <= begin + 1 || tokens.type(found - 1) != Tok::NAME || !tokens.is_word(found))
    return false;
  const habits::Word* word = habits::find_word(tokens.text(found - 1));
  if (word == nullptr || !word->here.empty()) return false;
  // A call with effects is no value, with or without `await`.
  report_word(tokens, found - 1, *word, word->written != "await" && word->written != "async");
  return true;
}

/// `} elif …`
bool else_if(const TokenView& tokens, size_t found) {
  std::string_view word = tokens.text(found);
  if (found == 0 || tokens.type(found - 1) != Tok::RBRACE ||
      (word != "elif" && word != "elsif" && word != "elseif"))
    return false;
  tokens.reports()
      .report(diag::foreign_word, tokens.span(found), word)
      .label("no word of this language")
      .help("write `else if`", {tokens.span(found), "else if"})
      .certain();
  return true;
}

void report_arm_head(const TokenView& tokens, size_t found, size_t begin) {
  auto report = tokens.reports().report(diag::unexpected_token, tokens.span(found), "`=>`",
                                        fmt::format("`{}`", Reports::shorten(tokens.text(found))));
  report.label("does not fit here");
  // `case "bug": …`: to the colon or arrow behind the pattern.
  bool is_case = tokens.text(found - 1) == "case";
  size_t end = is_case ? operand_end(tokens, found) : found;
  TokenType behind = tokens.type(end);
  bool arrow = behind == Tok::COLON || behind == Tok::ARROW || behind == Tok::ASSIGN;
  if (is_case && (arrow || behind == Tok::FAT_ARROW))
    report
        .help(fmt::format("an arm is written `{} => …`", tokens.text(found, end)),
              {tokens.span(found - 1, end + 1), fmt::format("{} =>", tokens.text(found, end))})
        .certain();
  else if (tokens.type(found) == Tok::IF)
    report.help("patterns have no conditions: test with `if` inside the arm");
  else if (arrow && found > begin && tokens.text(found - 1) == "default")
    report.help("`_` takes what no other arm takes", {tokens.span(found - 1, found + 1), "_ =>"})
        .certain();
  else if (arrow)
    report
        .help(
            "an arm is written `pattern => value`",
            {{tokens.span(found).file, tokens.span(found - 1).end, tokens.span(found).end}, " =>"})
        .certain();
  else
    report.help("an arm is written `pattern => value`");
}

/// `case 1 => …`, `1: …`, `1 -> …`, `x if … =>`, and `"k" => v` in a map.
bool arm(const TokenView& tokens, const SyntaxFailure& failure, size_t found, size_t begin) {
  if (found == 0) return false;
  bool entry = tokens.type(found) == Tok::FAT_ARROW && tokens.type(found - 1) == Tok::STR_CLOSE &&
               failure.expected.contains(size_t{Tok::COLON});
  if (entry) {
    tokens.reports()
        .report(diag::unexpected_token, tokens.span(found), "`:`", "`=>`")
        .label("does not fit here")
        .help("the key of a map is followed by `:`", {tokens.span(found), ":"})
        .certain();
    return true;
  }
  if (!in_rule(failure, Tok::RuleMatchArm) || !failure.expected.contains(size_t{Tok::FAT_ARROW}))
    return false;
  report_arm_head(tokens, found, begin);
  return true;
}

/// `gate - "many" >> return "large"`
bool return_as_stage(const TokenView& tokens, size_t found) {
  if (tokens.type(found) != Tok::RETURN || found < 2 || tokens.type(found - 1) != Tok::GT)
    return false;
  tokens.reports()
      .report(diag::unexpected_token, tokens.span(found), "a stage", "`return`")
      .label("a statement, not a stage")
      .help(
          "a transition's chain ends the flow with its value: write `>> value`, or `>> value -> "
          "key` where the flow names its results; `>> end` ends without a value");
  return true;
}

/// `llm("…") => draft`
bool fat_arrow_into_key(const TokenView& tokens, size_t found, size_t begin) {
  if (tokens.type(found) != Tok::FAT_ARROW || found == begin) return false;
  TokenType behind = tokens.type(found + 2);
  bool ends = behind == Tok::NL || behind == Tok::SEMI || behind == Tok::RBRACE ||
              behind == Tok::GT || behind == Tok::AS || behind == kEndOfFile;
  if (tokens.type(found + 1) != Tok::NAME || !ends) return false;
  tokens.reports()
      .report(diag::unexpected_token, tokens.span(found), "`->`", "`=>`")
      .label("begins the body of a lambda")
      .help("`-> key` keeps the value of a stage", {tokens.span(found), "->"})
      .certain();
  return true;
}

/// `if x:`, `flow main():`
bool colon_before_body(const TokenView& tokens, const SyntaxFailure& failure, size_t found) {
  bool colon = tokens.type(found) == Tok::COLON;
  bool then = tokens.type(found) == Tok::NAME && tokens.text(found) == "then";
  if ((!colon && !then) || !failure.expected.contains(size_t{Tok::LBRACE})) return false;
  Span gap{tokens.span(found).file, tokens.span(found).end, tokens.span(found + 1).begin};
  bool ends_line = tokens.text(gap).find('\n') != std::string_view::npos;
  if (!then && !ends_line) return false;
  tokens.reports()
      .report(diag::unexpected_token, tokens.span(found), "`{`",
              fmt::format("`{}`", tokens.text(found)))
      .label("begins no body")
      .help("a body stands in braces: `{ … }`");
  return true;
}

/// `x++`
bool increment(const TokenView& tokens, size_t found) {
  if (found < 2 || tokens.type(found) != Tok::PLUS || tokens.type(found - 1) != Tok::PLUS ||
      !tokens.touches_previous(found))
    return false;
  Span both = tokens.span(found - 1, found + 1);
  auto report = tokens.reports().report(diag::foreign_operator, both, "++");
  report.label("changes a key in place");
  if (tokens.type(found - 2) == Tok::NAME)
    report.help("write it out", {both, fmt::format(" = {} + 1", tokens.text(found - 2))});
  return true;
}

}  // namespace

bool report_statement_habit(const TokenView& tokens, const SyntaxFailure& failure, size_t begin) {
  size_t found = failure.token;
  return foreign_word(tokens, found, begin) || else_if(tokens, found) ||
         arm(tokens, failure, found, begin) || return_as_stage(tokens, found) ||
         fat_arrow_into_key(tokens, found, begin) || colon_before_body(tokens, failure, found) ||
         increment(tokens, found);
}

}  // namespace pflow::parse
