// Habits in types and in what makes a key.
#include "frontend/habits/type_spelling.h"
#include "frontend/parse/syntax_habits.h"

namespace pflow::parse {

namespace {

using Tok = FlowParser;

/// `Optional[str]`, `str[]`: where only a type can stand, brackets behind its name.
bool type_in_brackets(const TokenView& tokens, size_t found, size_t begin) {
  // A port takes a word before its type, so that what stands in the brackets does not fit.
  if (size_t open = enclosing_bracket(tokens, found, begin); open != SIZE_MAX && open > 0 &&
                                                             tokens.type(open) == Tok::LBRACK &&
                                                             tokens.touches_previous(open))
    found = open;
  if (tokens.type(found) != Tok::LBRACK || found < 2) return false;
  size_t first = found - 1;
  while (first > 1 && (tokens.type(first - 1) == Tok::DOT || tokens.type(first) == Tok::DOT))
    --first;
  TokenType before = tokens.type(first - 1);
  bool name = tokens.type(found - 1) == Tok::NAME || tokens.type(found - 1) == Tok::UNAME;
  if (!name || (before != Tok::COLON && before != Tok::ARROW && before != Tok::LT &&
                before != Tok::ASSIGN && before != Tok::BAR && before != Tok::LBRACK))
    return false;
  uint32_t from = tokens.at(first).begin();
  habits::TypeSpelling spelled = habits::spell_type(tokens.source().substr(from));
  auto report = tokens.reports().report(diag::unexpected_token, tokens.span(found),
                                        "the end of the type", "`[`");
  report.label("no part of a type");
  if (spelled.here.empty())
    return report.help("a list is `[T]`, an optional `T?`, a map `map<T>`"), true;
  report.help(
      fmt::format("write `{}`", spelled.here),
      {tokens.reports().span(from, from + static_cast<uint32_t>(spelled.length)), spelled.here});
  return true;
}

/// `name?: str`
bool optional_name(const TokenView& tokens, size_t found) {
  if (tokens.type(found) != Tok::QUESTION || tokens.type(found + 1) != Tok::COLON || found == 0)
    return false;
  uint32_t begin = tokens.at(found + 2).begin();
  habits::TypeSpelling spelled = habits::spell_type(tokens.source().substr(begin));
  auto report = tokens.reports().report(diag::unexpected_token, tokens.span(found), "`:`", "`?`");
  report.label("stands behind the type");
  if (spelled.here.empty()) return report.help("write `name: T?`"), true;
  report.edits("an optional has `?` behind its type",
               {{tokens.span(found), ""},
                {tokens.reports().span(begin, begin + static_cast<uint32_t>(spelled.length)),
                 spelled.here + "?"}});
  return true;
}

/// `x: int = 5`, `x := 5`, `int x = 5`
bool declaration(const TokenView& tokens, size_t found, size_t begin) {
  Span start = tokens.before(begin);
  if (tokens.type(begin) != Tok::NAME) return false;
  bool colon = tokens.type(begin + 1) == Tok::COLON;
  if (tokens.type(found) == Tok::ASSIGN && colon) {
    auto report =
        tokens.reports().report(diag::unexpected_token, tokens.span(found), "`let`", "`=`");
    report.label("assigns what nothing makes");
    if (found == begin + 2)
      report.edits(
          "a key is made by `let`",
          {{start, "let "}, {{start.file, tokens.span(begin).end, tokens.span(found).end}, " ="}});
    else
      report.help("a key is made by `let`", {start, "let "});
    return true;
  }
  bool typed = found == begin + 1 && tokens.type(found) == Tok::NAME &&
               tokens.type(found + 1) == Tok::ASSIGN;
  if (!typed) return false;
  habits::TypeSpelling spelled = habits::spell_type(tokens.text(begin));
  tokens.reports()
      .report(diag::unexpected_token, tokens.span(found), "`let`", "a name")
      .label("a type before it")
      .help("a key is made by `let name: type = value`",
            {tokens.span(begin, found + 1),
             fmt::format("let {}: {}", tokens.text(found), spelled.here)});
  return true;
}

/// `node f(x: int): int`
bool result_after_colon(const TokenView& tokens, const SyntaxFailure& failure, size_t found,
                        size_t begin) {
  bool head = tokens.type(begin) == Tok::NODE || tokens.type(begin) == Tok::FLOW;
  if (!head || tokens.type(found) != Tok::COLON || found == 0 ||
      tokens.type(found - 1) != Tok::RPAREN || in_rule(failure, Tok::RulePorts))
    return false;
  auto report = tokens.reports().report(diag::unexpected_token, tokens.span(found), "`->`", "`:`");
  report.label("does not fit here");
  if (tokens.type(begin) == Tok::NODE) {
    Span gap{tokens.span(found).file, tokens.span(found - 1).end, tokens.span(found).end};
    report.help("what a node gives stands behind `->`", {gap, " ->"}).certain();
  } else {
    report.help("a flow names the keys that it returns: `flow f() -> key { … }`");
  }
  return true;
}

}  // namespace

bool report_declaration_habit(const TokenView& tokens, const SyntaxFailure& failure, size_t begin) {
  size_t found = failure.token;
  return type_in_brackets(tokens, found, begin) || optional_name(tokens, found) ||
         declaration(tokens, found, begin) || result_after_colon(tokens, failure, found, begin);
}

}  // namespace pflow::parse
