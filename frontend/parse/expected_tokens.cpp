#include "frontend/parse/expected_tokens.h"

#include <fmt/format.h>

#include <vector>

namespace pflow::parse {

namespace {

using Tok = FlowParser;

struct Spelling {
  TokenType type;
  std::string_view text;
};

/// In the order in which a message lists them. Operators are left out: where one
/// may follow, something else that may follow says more.
constexpr Spelling kSpellings[] = {
    {Tok::LPAREN, "`(`"},       {Tok::LBRACE, "`{`"},      {Tok::ASSIGN, "`=`"},
    {Tok::COLON, "`:`"},        {Tok::FAT_ARROW, "`=>`"},  {Tok::COMMA, "`,`"},
    {Tok::RPAREN, "`)`"},       {Tok::RBRACK, "`]`"},      {Tok::RBRACE, "`}`"},
    {Tok::INTERP_CLOSE, "`}`"}, {Tok::EXTERN, "`extern`"}, {Tok::NODE, "`node`"}};

bool has(const antlr4::misc::IntervalSet& set, TokenType type) {
  return set.contains(static_cast<size_t>(type));
}

std::string join_or(const std::vector<std::string_view>& words) {
  std::string joined;
  for (size_t i = 0; i < words.size(); ++i) {
    if (i > 0) joined += i + 1 == words.size() ? " or " : ", ";
    joined += words[i];
  }
  return joined;
}

}  // namespace

std::string describe_expected(const antlr4::misc::IntervalSet& expected) {
  std::vector<std::string_view> words;
  bool value = has(expected, Tok::INT);
  bool after_value = has(expected, Tok::PLUS);
  // A whole statement stands before: it may go on in many ways, or end.
  bool after_statement = has(expected, Tok::OP_ASSIGN);
  bool may_end = has(expected, Tok::NL) || after_statement ||
                 expected.contains(static_cast<size_t>(antlr4::Token::EPSILON));
  bool type = !value && has(expected, Tok::LBRACK) && has(expected, Tok::STR_OPEN);
  if (value)
    words.push_back("a value");
  else if (type)
    words.push_back("a type");
  else if (has(expected, Tok::NAME))
    words.push_back("a name");
  else if (has(expected, Tok::STR_OPEN))
    words.push_back("a string");
  // After `repeat item`; after `each item` the grammar takes it as a mistake.
  if (has(expected, Tok::IN) && expected.size() == 1) words.push_back("`in`");
  for (const Spelling& each : kSpellings) {
    bool part_of_operand = each.type == Tok::LPAREN && (value || after_value || type);
    bool block = each.type == Tok::LBRACE && value;
    bool word = each.type == Tok::NODE && (type || has(expected, Tok::IN));
    bool any_word = each.type == Tok::EXTERN && has(expected, Tok::IN);
    bool end_of_block = may_end && each.type == Tok::RBRACE;
    bool assigns = after_statement && (each.type == Tok::ASSIGN || each.type == Tok::COLON);
    if (has(expected, each.type) && !assigns && !end_of_block && !part_of_operand && !block &&
        !word && !any_word)
      words.push_back(each.text);
  }
  if (may_end && words.size() < 4) words.push_back("the end of the line");
  constexpr size_t kMost = 4;
  if (words.size() > kMost) words.resize(kMost);
  return join_or(words);
}

}  // namespace pflow::parse
