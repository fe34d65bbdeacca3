// Habits within expressions.
#include <algorithm>

#include "frontend/habits/habits.h"
#include "frontend/parse/syntax_habits.h"

namespace pflow::parse {

namespace {

using Tok = FlowParser;

/// `x` or `(a, b)` of the tokens from `first` to before `end`, which are names and commas.
std::string lambda_head(const TokenView& tokens, size_t first, size_t end) {
  size_t names = 0;
  for (size_t i = first; i < end; ++i) names += tokens.type(i) == Tok::NAME ? 1 : 0;
  if (names == 1) return std::string(tokens.text(first));
  return names == 0 ? "()" : fmt::format("({})", tokens.text(first, end));
}

/// Past names with commas between them.
size_t skip_names(const TokenView& tokens, size_t first) {
  size_t at = first;
  while (tokens.type(at) == Tok::NAME || tokens.type(at) == Tok::COMMA) ++at;
  return at;
}

/// `lambda x: x * 2`
bool python_lambda(const TokenView& tokens, size_t found) {
  if (found == 0 || tokens.text(found - 1) != "lambda") return false;
  size_t colon = skip_names(tokens, found);
  auto report = tokens.reports().report(diag::foreign_word, tokens.span(found - 1), "lambda");
  report.label("no word of this language");
  if (tokens.type(colon) != Tok::COLON) return report.help("write `x => x * 2`"), true;
  report.help(
      "a lambda is written `x => …`",
      {tokens.span(found - 1, colon + 1), fmt::format("{} =>", lambda_head(tokens, found, colon))});
  return true;
}

/// `|x| x % 2 == 1`
bool bar_lambda(const TokenView& tokens, size_t found) {
  if (tokens.type(found) != Tok::BAR || found == 0) return false;
  TokenType before = tokens.type(found - 1);
  if (before != Tok::LPAREN && before != Tok::COMMA) return false;
  size_t close = skip_names(tokens, found + 1);
  if (tokens.type(close) != Tok::BAR) return false;
  Span head = tokens.span(found, close + 1);
  tokens.reports()
      .report(diag::foreign_operator, head, tokens.text(head))
      .label("written with `=>` here")
      .help("a lambda is written `x => …`",
            {head, fmt::format("{} =>", lambda_head(tokens, found + 1, close))})
      .certain();
  return true;
}

/// `map(x -> x * 2)`
bool thin_arrow(const TokenView& tokens, size_t found, size_t begin) {
  if (tokens.type(found) != Tok::ARROW || found == 0) return false;
  size_t bracket = enclosing_bracket(tokens, found, begin);
  TokenType before = tokens.type(found - 1);
  if (bracket == SIZE_MAX || tokens.type(bracket) != Tok::LPAREN) return false;
  if (before != Tok::NAME && before != Tok::RPAREN) return false;
  tokens.reports()
      .report(diag::unexpected_token, tokens.span(found), "`,` or `)`", "`->`")
      .label("keeps the value of a stage")
      .help("a lambda is written `x => …`", {tokens.span(found), "=>"})
      .certain();
  return true;
}

/// The braces of `f"{name}"` as `${name}`; none when they hold more than an expression.
bool add_dollars(const TokenView& tokens, size_t open, std::vector<Edit>& edits) {
  for (size_t i = open + 1; tokens.type(i) == Tok::STR_TEXT || tokens.type(i) == Tok::STR_ESCAPE;
       ++i) {
    std::string_view text = tokens.text(i);
    for (size_t at = text.find('{'); at != text.npos; at = text.find('{', at + 1)) {
      size_t close = text.find('}', at);
      std::string_view hole = text.substr(at + 1, close == text.npos ? 0 : close - at - 1);
      if (hole.empty() || hole.find_first_of(":!{=") != hole.npos) return false;
      auto place = tokens.at(i).begin() + static_cast<uint32_t>(at);
      edits.push_back({tokens.reports().span(place, place), "$"});
    }
  }
  return true;
}

/// `f"Hello {name}"`, `b"…"`.
bool string_prefix(const TokenView& tokens, size_t found) {
  TokenType type = tokens.type(found);
  if ((type != Tok::STR_OPEN && type != Tok::BLOCK_OPEN) || !tokens.touches_previous(found))
    return false;
  std::string_view prefix = tokens.text(found - 1);
  bool known = prefix.size() <= 2 && tokens.is_word(found - 1) &&
               prefix.find_first_not_of("fFbBuUrRsS") == prefix.npos;
  if (!known) return false;
  auto report = tokens.reports().report(diag::foreign_word, tokens.span(found - 1), prefix);
  report.label("no mark of a string");
  std::vector<Edit> edits{{tokens.span(found - 1), ""}};
  std::string help = fmt::format("leave `{}` out: every string takes `${{name}}`", prefix);
  bool raw = prefix.find_first_of("rR") != prefix.npos;
  bool holes = prefix.find_first_of("fFsS") != prefix.npos;
  if (raw || (holes && !add_dollars(tokens, found, edits)))
    report.help(help);
  else
    report.edits(help, std::move(edits));
  return true;
}

/// `llm(prompt = x)`, `T { field = x }`, `with (retries = 3)`; whether `=` stands behind a name
/// that `:` must follow.
bool names_entry(const TokenView& tokens, const SyntaxFailure& failure, size_t found,
                 size_t begin) {
  if (found < 2 || !tokens.is_word(found - 1) || in_rule(failure, Tok::RulePort)) return false;
  TokenType before = tokens.type(found - 2);
  if (before != Tok::LPAREN && before != Tok::COMMA && before != Tok::LBRACE) return false;
  size_t bracket = enclosing_bracket(tokens, found, begin);
  if (bracket == SIZE_MAX || bracket == 0) return false;
  TokenType owner = tokens.type(bracket - 1);
  if (tokens.type(bracket) == Tok::LBRACE) return owner == Tok::UNAME;
  return tokens.type(bracket) == Tok::LPAREN && (owner == Tok::NAME || owner == Tok::WITH);
}

/// `P { x = 1 }`, where the braces are what does not fit.
bool record_with_equals_signs(const TokenView& tokens, size_t found) {
  bool braces = tokens.type(found) == Tok::LBRACE && found > 0 &&
                tokens.type(found - 1) == Tok::UNAME && tokens.is_word(found + 1) &&
                tokens.type(found + 2) == Tok::ASSIGN;
  if (!braces) return false;
  std::vector<Edit> edits;
  for (size_t at = found + 1; tokens.is_word(at) && tokens.type(at + 1) == Tok::ASSIGN;) {
    Span name = tokens.span(at);
    edits.push_back({{name.file, name.end, tokens.span(at + 1).end}, ":"});
    at = operand_end(tokens, at + 2);
    if (tokens.type(at) == Tok::COMMA) ++at;
  }
  tokens.reports()
      .report(diag::unexpected_token, tokens.span(found + 2), "`:`", "`=`")
      .label("does not fit here")
      .edits("a field is written `name: value`", std::move(edits));
  return true;
}

bool equals_sign(const TokenView& tokens, const SyntaxFailure& failure, size_t found,
                 size_t begin) {
  if (tokens.type(found) != Tok::ASSIGN) return false;
  bool entry = names_entry(tokens, failure, found, begin);
  size_t bracket = enclosing_bracket(tokens, found, begin);
  bool compares = tokens.type(begin) == Tok::ASSERT || in_rule(failure, Tok::RuleIfExpr) ||
                  in_rule(failure, Tok::RuleRepeatForm) ||
                  (bracket != SIZE_MAX && tokens.type(bracket) != Tok::LBRACE);
  if (!entry && (!compares || in_rule(failure, Tok::RulePort))) return false;
  auto report = tokens.reports().report(diag::unexpected_token, tokens.span(found),
                                        entry ? "`:`" : "`==`", "`=`");
  report.label("does not fit here");
  if (entry) {
    Span name = tokens.span(found - 1);
    report.help(fmt::format("a value with a name is written `{}: …`", tokens.text(name)),
                {{name.file, name.end, tokens.span(found).end}, ":"});
  } else {
    report.help("`==` compares", {tokens.span(found), "=="}).certain();
  }
  return true;
}

/// `a ? b : c`, from the `?` at `question`.
void report_conditional(const TokenView& tokens, size_t question, size_t begin) {
  auto report = tokens.reports().report(diag::foreign_operator, tokens.span(question), "?");
  report.label("written `if` here");
  size_t first = operand_begin(tokens, question, begin);
  while (first > begin && (tokens.type(first - 1) == Tok::AND ||
                           tokens.type(first - 1) == Tok::OR || tokens.type(first - 1) == Tok::NOT))
    first = operand_begin(tokens, first - 1, begin);
  size_t colon = operand_end(tokens, question + 1);
  if (tokens.type(colon) != Tok::COLON || colon == question + 1 || first == question)
    return void(report.help("write `if n > 5 { \"big\" } else { \"small\" }`"));
  size_t end = operand_end(tokens, colon + 1);
  if (tokens.type(end) == Tok::QUESTION || end == colon + 1)
    return void(report.help("write `if n > 5 { \"big\" } else if … { … } else { \"small\" }`"));
  std::string written = fmt::format("if {} {{ {} }} else {{ {} }}", tokens.text(first, question),
                                    tokens.text(question + 1, colon), tokens.text(colon + 1, end));
  report.help(fmt::format("write `{}`", Reports::shorten(written)),
              {tokens.span(first, end), written});
}

/// `a ? b : c`, and `a ?: b`.
bool question_mark(const TokenView& tokens, const SyntaxFailure& failure, size_t found,
                   size_t begin) {
  size_t question = tokens.type(found) == Tok::QUESTION ? found : found - 1;
  if (found == 0 || tokens.type(question) != Tok::QUESTION) return false;
  if (in_rule(failure, Tok::RuleTypeExpr) || in_rule(failure, Tok::RulePort) ||
      in_rule(failure, Tok::RuleSchemaField))
    return false;
  if (tokens.type(question + 1) != Tok::COLON) {
    report_conditional(tokens, question, begin);
    return true;
  }
  Span both = tokens.span(question, question + 2);
  tokens.reports()
      .report(diag::foreign_operator, both, "?:")
      .label("written `\?\?` here")
      .help("`\?\?` gives a value for `none`", {both, "??"})
      .certain();
  return true;
}

/// `a not in b`, `a is b`, `a is not b`.
bool word_operator(const TokenView& tokens, size_t found, size_t begin) {
  bool not_in = tokens.type(found) == Tok::NOT && tokens.type(found + 1) == Tok::IN;
  if (not_in) {
    size_t first = operand_begin(tokens, found, begin);
    size_t end = operand_end(tokens, found + 2);
    std::string asked =
        fmt::format("{} in {}", tokens.text(first, found), tokens.text(found + 2, end));
    tokens.reports()
        .report(diag::foreign_operator, tokens.span(found, found + 2), "not in")
        .label("`not` stands before it here")
        .help(fmt::format("write `not ({})`", Reports::shorten(asked)),
              {tokens.span(first, end), fmt::format("not ({})", asked)});
    return true;
  }
  if (tokens.type(found) != Tok::NAME || tokens.text(found) != "is") return false;
  bool negated = tokens.type(found + 1) == Tok::NOT;
  Span word = tokens.span(found, negated ? found + 2 : found + 1);
  std::string_view here = negated ? "!=" : "==";
  // `is None`
  std::string_view value = habits::find_value(tokens.text(negated ? found + 2 : found + 1));
  Span with_value = tokens.span(found, (negated ? found + 2 : found + 1) + !value.empty());
  tokens.reports()
      .report(diag::foreign_operator, word, tokens.text(word))
      .label(fmt::format("written `{}` here", here))
      .help(fmt::format("`{}` compares", here),
            {with_value, fmt::format("{}{}{}", here, value.empty() ? "" : " ", value)});
  return true;
}

/// `0..5`, `0...5`
bool dots(const TokenView& tokens, size_t found) {
  bool two = tokens.type(found) == Tok::DOT && found > 0 && tokens.type(found - 1) == Tok::DOT;
  bool three = tokens.type(found) == Tok::ELLIPSIS && found > 0;
  size_t first = two ? found - 1 : found;
  if ((!two && !three) || first == 0 || tokens.type(found + 1) == Tok::NL) return false;
  auto plain = [&](size_t at) {
    return tokens.type(at) == Tok::INT || tokens.type(at) == Tok::NAME;
  };
  if (!plain(first - 1)) return false;
  auto report = tokens.reports().report(diag::foreign_operator, tokens.span(first, found + 1),
                                        tokens.text(first, found + 1));
  report.label("no operator here");
  if (plain(found + 1))
    report.help("`range(a, b)` counts from a to before b",
                {tokens.span(first - 1, found + 2),
                 fmt::format("range({}, {})", tokens.text(first - 1), tokens.text(found + 1))});
  else
    report.help("`range(a, b)` counts from a to before b; `items[a:b]` is a part of a list");
  return true;
}

/// `print "x"`
bool call_without_parentheses(const TokenView& tokens, size_t found, size_t begin) {
  TokenType type = tokens.type(found);
  if ((type != Tok::STR_OPEN && type != Tok::RAW_STR) || found != begin + 1) return false;
  if (tokens.type(begin) != Tok::NAME) return false;
  size_t end = operand_end(tokens, found);
  Span gap{tokens.span(begin).file, tokens.span(begin).end, tokens.span(found).begin};
  Span behind = tokens.before(end);
  behind.begin = behind.end = tokens.span(end - 1).end;
  tokens.reports()
      .report(diag::unexpected_token, tokens.span(found), "`(`", "a string")
      .label("stands without parentheses")
      .edits("arguments stand in parentheses", {{gap, "("}, {behind, ")"}})
      .certain();
  return true;
}

}  // namespace

bool report_expression_habit(const TokenView& tokens, const SyntaxFailure& failure, size_t begin) {
  size_t found = failure.token;
  return string_prefix(tokens, found) || python_lambda(tokens, found) ||
         bar_lambda(tokens, found) || thin_arrow(tokens, found, begin) ||
         record_with_equals_signs(tokens, found) || equals_sign(tokens, failure, found, begin) ||
         question_mark(tokens, failure, found, begin) || word_operator(tokens, found, begin) ||
         dots(tokens, found) || call_without_parentheses(tokens, found, begin);
}

}  // namespace pflow::parse
