#include "frontend/parse/lex.h"

namespace pflow::parse {

namespace {

using Tok = FlowParser;

/// Tokens after which a statement goes on over a newline. A `>` at a line's end
/// is left to the grammar, which knows whether it closes a type.
bool goes_on_after(TokenType type) {
  switch (type) {
    case Tok::LBRACE:
    case Tok::LPAREN:
    case Tok::LBRACK:
    case Tok::COMMA:
    case Tok::COLON:
    case Tok::SEMI:
    case Tok::NL:
    case Tok::ASSIGN:
    case Tok::OP_ASSIGN:
    case Tok::FAT_ARROW:
    case Tok::ARROW:
    case Tok::DOT:
    case Tok::OPT_DOT:
    case Tok::COALESCE:
    case Tok::BAR:
    case Tok::PLUS:
    case Tok::MINUS:
    case Tok::TO_ACTION:
    case Tok::STAR:
    case Tok::SLASH:
    case Tok::PERCENT:
    case Tok::EQ:
    case Tok::NE:
    case Tok::LT:
    case Tok::LE:
    case Tok::GE:
    case Tok::AND:
    case Tok::OR:
    case Tok::NOT:
    case Tok::IN: return true;
    default: return false;
  }
}

bool is_word(TokenType type) { return type >= Tok::FLOW && type <= Tok::ASSERT; }

/// Tokens that continue the statement of the line before.
bool goes_on_before(TokenType type) {
  switch (type) {
    case Tok::RBRACE:
    case Tok::RPAREN:
    case Tok::RBRACK:
    case Tok::COMMA:
    case Tok::GT:
    case Tok::ARROW:
    case Tok::AS:
    case Tok::WITH:
    case Tok::DOT:
    case Tok::OPT_DOT:
    case Tok::COALESCE:
    case Tok::BAR:
    case Tok::ELSE:
    case Tok::UNTIL:
    case Tok::PLUS:
    case Tok::STAR:
    case Tok::SLASH:
    case Tok::PERCENT:
    case Tok::EQ:
    case Tok::NE:
    case Tok::LT:
    case Tok::LE:
    case Tok::GE:
    case Tok::AND:
    case Tok::OR:
    case Tok::IN: return true;
    default: return false;
  }
}

bool begins_string(TokenType type) {
  return type == Tok::STR_OPEN || type == Tok::BLOCK_OPEN || type == Tok::RAW_STR ||
         type == Tok::RAW_BLOCK_OPEN;
}

class NewlineFilter {
 public:
  NewlineFilter(RawTokens raw, std::string_view text, Reports& reports)
      : raw_(std::move(raw)), text_(text), reports_(&reports) {
    result_.tokens.reserve(raw_.tokens.size());
    result_.mistakes = std::move(raw_.mistakes);
    result_.file_doc = raw_.file_doc;
    result_.abandoned = raw_.abandoned;
  }

  Lexed run() {
    size_t doc = 0;
    for (size_t i = 0; i < raw_.tokens.size(); ++i) {
      const RawToken& token = raw_.tokens[i];
      if (doc < raw_.docs.size() && raw_.docs[doc].index == i)
        result_.docs.push_back({next_index(), raw_.docs[doc++].text});
      if (token.type != Tok::NL)
        emit(token, type_in_place(i));
      else if (newline_counts(i))
        emit(token, Tok::NL);
    }
    return std::move(result_);
  }

 private:
  [[nodiscard]] uint32_t next_index() const { return static_cast<uint32_t>(result_.tokens.size()); }

  void emit(const RawToken& token, TokenType type) {
    result_.tokens.emplace_back(type, token.synthetic, token.begin, token.end, next_index());
  }

  /// Type of the token emitted `back` places ago; a newline before the first.
  [[nodiscard]] TokenType before(size_t back) const {
    size_t size = result_.tokens.size();
    return back > size ? TokenType{Tok::NL} : result_.tokens[size - back].type();
  }

  /// The next token that is no newline.
  [[nodiscard]] size_t behind(size_t i) const {
    do {
      ++i;
    } while (raw_.tokens[i].type == Tok::NL);
    return i;
  }

  bool newline_counts(size_t i) {
    TokenType last = before(1);
    bool is_name = is_word(last) && (before(2) == Tok::DOT || before(2) == Tok::OPT_DOT);
    if (goes_on_after(last) && !is_name) return false;
    size_t next = behind(i);
    TokenType type = raw_.tokens[next].type;
    if (names_who(next)) return false;
    if (goes_on_before(type)) return is_word(type) && raw_.tokens[behind(next)].type == Tok::COLON;
    if (type != Tok::MINUS || begins_pattern(next)) return true;
    report_minus(raw_.tokens[next]);
    return false;
  }

  /// `-1 =>`, `-1 |`: an arm of a `match`.
  [[nodiscard]] bool begins_pattern(size_t minus) const {
    if (raw_.tokens[minus + 1].type != Tok::INT) return false;
    TokenType after = raw_.tokens[minus + 2].type;
    return after == Tok::FAT_ARROW || after == Tok::BAR;
  }

  void report_minus(const RawToken& minus) {
    result_.mistakes.push_back(minus.begin);
    uint32_t end = result_.tokens.back().end();
    std::string_view gap = text_.substr(end, minus.begin - end);
    Span span = reports_->span(minus.begin, minus.end);
    auto report = reports_->report(diag::line_begins_with_minus, span);
    report.label("continues nothing");
    report.secondary(reports_->span(result_.tokens.back().begin(), end),
                     "the statement before ends here");
    if (gap.find_first_not_of(" \t\r\n") == std::string_view::npos)
      report.help("put `-` at the end of the line before",
                  {reports_->span(end, minus.end), fmt::format(" -{}", gap)});
    else
      report.help("put `-` at the end of the line before");
  }

  /// The `by` of `by exec(`, behind which stands who carries out a node.
  [[nodiscard]] bool names_who(size_t i) const {
    const RawToken& token = raw_.tokens[i];
    return token.type == Tok::NAME && text(token) == "by" && raw_.tokens[i + 1].type == Tok::NAME &&
           raw_.tokens[i + 2].type == Tok::LPAREN;
  }

  /// Tokens whose meaning depends on the statement's first two, or on the next two.
  [[nodiscard]] TokenType type_in_place(size_t i) const {
    const RawToken& token = raw_.tokens[i];
    if (token.type == Tok::MINUS && is_transition(i)) return Tok::TO_ACTION;
    if (names_who(i)) return Tok::BY;
    if (token.type != Tok::NAME || !starts_statement(1)) return token.type;
    const RawToken& next = raw_.tokens[i + 1];
    if (text(token) == "on" && next.type == Tok::NAME && text(next) == "error")
      return Tok::ON_ERROR;
    if (text(token) == "stub" && next.type == Tok::NAME) return Tok::STUB;
    return text(token) == "cassette" && begins_string(next.type) ? TokenType{Tok::CASSETTE}
                                                                 : token.type;
  }

  /// Whether a statement starts after the token emitted `back` places ago.
  [[nodiscard]] bool starts_statement(size_t back) const {
    TokenType type = before(back);
    return type == Tok::NL || type == Tok::SEMI || type == Tok::LBRACE;
  }

  /// The `-` of `NAME - "action"` or `NAME - _` at the start of a statement.
  [[nodiscard]] bool is_transition(size_t i) const {
    if (before(1) != Tok::NAME || !starts_statement(2)) return false;
    TokenType next = raw_.tokens[behind(i)].type;
    return begins_string(next) || next == Tok::UNDERSCORE;
  }

  [[nodiscard]] std::string_view text(const RawToken& token) const {
    return text_.substr(token.begin, token.end - token.begin);
  }

  RawTokens raw_;
  std::string_view text_;
  Reports* reports_;
  Lexed result_;
};

}  // namespace

Lexed filter_newlines(RawTokens raw, std::string_view text, Reports& reports) {
  return NewlineFilter(std::move(raw), text, reports).run();
}

}  // namespace pflow::parse
