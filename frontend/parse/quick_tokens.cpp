#include "frontend/parse/quick_tokens.h"

#include <algorithm>
#include <array>

namespace pflow::parse {

namespace {

using Tok = FlowParser;

struct Word {
  std::string_view text;
  TokenType type;
};

/// By first letter.
constexpr auto kWords = std::to_array<Word>({
    {"and", Tok::AND},           {"as", Tok::AS},
    {"assert", Tok::ASSERT},     {"break", Tok::BREAK},
    {"continue", Tok::CONTINUE}, {"each", Tok::EACH},
    {"else", Tok::ELSE},         {"end", Tok::END},
    {"extern", Tok::EXTERN},     {"false", Tok::FALSE},
    {"flow", Tok::FLOW},         {"if", Tok::IF},
    {"import", Tok::IMPORT},     {"in", Tok::IN},
    {"let", Tok::LET},           {"match", Tok::MATCH},
    {"node", Tok::NODE},         {"none", Tok::NONE},
    {"not", Tok::NOT},           {"or", Tok::OR},
    {"par", Tok::PAR},           {"repeat", Tok::REPEAT},
    {"return", Tok::RETURN},     {"schema", Tok::SCHEMA},
    {"true", Tok::TRUE},         {"until", Tok::UNTIL},
    {"with", Tok::WITH},
});

/// Where the words of a letter begin.
constexpr auto kFirstWords = [] {
  std::array<uint8_t, 27> first{};
  for (size_t letter = 0; letter < first.size(); ++letter)
    while (first[letter] < kWords.size() &&
           static_cast<size_t>(kWords[first[letter]].text[0] - 'a') < letter)
      ++first[letter];
  return first;
}();

constexpr uint8_t kNamePart = 1;
constexpr uint8_t kDigit = 2;

constexpr auto kClasses = [] {
  std::array<uint8_t, 256> classes{};
  for (int c = 'a'; c <= 'z'; ++c) classes[static_cast<size_t>(c)] = kNamePart;
  for (int c = 'A'; c <= 'Z'; ++c) classes[static_cast<size_t>(c)] = kNamePart;
  for (int c = '0'; c <= '9'; ++c) classes[static_cast<size_t>(c)] = kNamePart | kDigit;
  classes['_'] = kNamePart;
  return classes;
}();

bool is_any(char c, uint8_t classes) {
  return (kClasses[static_cast<unsigned char>(c)] & classes) != 0;
}
/// What the lexer does not see as the byte that it is.
bool is_foreign(char c) { return static_cast<unsigned char>(c) >= 0x7F; }

class QuickLexer {
 public:
  QuickLexer(std::string_view text, uint32_t at) : text_(text), at_(at) {}

  [[nodiscard]] QuickToken code() const {
    char c = text_[at_];
    if (is_any(c, kDigit)) return number();
    if (is_any(c, kNamePart)) return name();
    switch (c) {
      case '#': return to(Tok::COMMENT, text_.find_first_of("\r\n", at_));
      case '\n': return of(Tok::NL, 1);
      case '\r': return peek(1) == '\n' ? of(Tok::NL, 2) : QuickToken();
      case '"': return three_quotes() ? of(Tok::BLOCK_OPEN, 3) : of(Tok::STR_OPEN, 1);
      case '(': return of(Tok::LPAREN, 1);
      case ')': return of(Tok::RPAREN, 1);
      case '[': return of(Tok::LBRACK, 1);
      case ']': return of(Tok::RBRACK, 1);
      case '{': return of(Tok::LBRACE, 1);
      case '}': return of(Tok::RBRACE, 1);
      case ',': return of(Tok::COMMA, 1);
      case ';': return of(Tok::SEMI, 1);
      case ':': return of(Tok::COLON, 1);
      default: return is_foreign(peek(1)) ? QuickToken() : sign(c, peek(1));
    }
  }

  [[nodiscard]] QuickToken string() const {
    switch (text_[at_]) {
      case '"': return of(Tok::STR_CLOSE, 1);
      case '\r':
      case '\n': return {};
      default: return piece("\"\\$\r\n");
    }
  }

  [[nodiscard]] QuickToken block() const {
    if (text_[at_] == '"') return three_quotes() ? of(Tok::BLOCK_CLOSE, 3) : of(Tok::STR_TEXT, 1);
    return piece("\"\\$");
  }

  [[nodiscard]] QuickToken raw_block() const {
    if (text_[at_] != '"') return to(Tok::STR_TEXT, text_.find('"', at_));
    return three_quotes() ? of(Tok::RAW_BLOCK_CLOSE, 3) : of(Tok::STR_TEXT, 1);
  }

 private:
  /// 0 behind the end, which is no character of a text.
  [[nodiscard]] char peek(size_t ahead) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  [[nodiscard]] bool three_quotes() const { return text_.substr(at_).starts_with("\"\"\""); }
  [[nodiscard]] QuickToken of(TokenType type, uint32_t length) const {
    return {type, at_ + length};
  }
  /// Up to an offset, or to the end of the text.
  [[nodiscard]] QuickToken to(TokenType type, size_t end) const {
    return {type, static_cast<uint32_t>(std::min(end, text_.size()))};
  }

  [[nodiscard]] size_t behind(uint8_t classes) const {
    size_t end = at_ + 1;
    while (end < text_.size() && is_any(text_[end], classes)) ++end;
    return end;
  }

  /// Behind the digits from `at` on.
  [[nodiscard]] size_t behind_digits(size_t at) const {
    while (at < text_.size() && is_any(text_[at], kDigit)) ++at;
    return at;
  }

  /// Decimal numbers and durations without `_` and exponent.
  [[nodiscard]] QuickToken number() const {
    size_t end = behind_digits(at_);
    if (text_[at_] == '0' && end > at_ + 1) return {};
    TokenType type = Tok::INT;
    if (end + 1 < text_.size() && text_[end] == '.' && is_any(text_[end + 1], kDigit)) {
      type = Tok::FLOAT;
      end = behind_digits(end + 1);
    }
    size_t unit = end;
    while (end < text_.size() && is_any(text_[end], kNamePart)) ++end;
    std::string_view name = text_.substr(unit, end - unit);
    char next = end < text_.size() ? text_[end] : '\0';
    if (next == '.' || is_foreign(next)) return {};
    if (name.empty()) return to(type, end);
    bool duration = name == "s" || name == "m" || name == "ms" || name == "h" || name == "d";
    return duration ? to(Tok::DURATION, end) : QuickToken();
  }

  [[nodiscard]] QuickToken name() const {
    size_t end = behind(kNamePart);
    char next = end < text_.size() ? text_[end] : '\0';
    if (is_foreign(next)) return {};
    std::string_view found = text_.substr(at_, end - at_);
    if (next == '"' && found == "r") return raw_string();
    return to(type_of(found), end);
  }

  [[nodiscard]] static TokenType type_of(std::string_view name) {
    if (name == "_") return Tok::UNDERSCORE;
    if (name[0] >= 'A' && name[0] <= 'Z') return Tok::UNAME;
    if (name[0] == '_') return Tok::NAME;
    auto letter = static_cast<size_t>(name[0] - 'a');
    for (size_t i = kFirstWords[letter]; i < kFirstWords[letter + 1]; ++i)
      if (kWords[i].text == name) return kWords[i].type;
    return Tok::NAME;
  }

  [[nodiscard]] QuickToken raw_string() const {
    if (text_.substr(at_ + 1).starts_with("\"\"\"")) return of(Tok::RAW_BLOCK_OPEN, 4);
    size_t end = text_.find_first_of("\"\r\n", at_ + 2);
    bool closed = end != std::string_view::npos && text_[end] == '"';
    return closed ? to(Tok::RAW_STR, end + 1) : QuickToken();
  }

  /// Signs, by their first character and the next one.
  [[nodiscard]] QuickToken sign(char c, char next) const {
    switch (c) {
      case '-':
        if (next == '>') return of(Tok::ARROW, 2);
        return next == '=' ? QuickToken() : of(Tok::MINUS, 1);
      case '=':
        if (next == '>') return of(Tok::FAT_ARROW, 2);
        if (next != '=') return of(Tok::ASSIGN, 1);
        return peek(2) == '=' || is_foreign(peek(2)) ? QuickToken() : of(Tok::EQ, 2);
      case '.':
        if (next != '.') return of(Tok::DOT, 1);
        return peek(2) == '.' ? of(Tok::ELLIPSIS, 3) : QuickToken();
      case '?':
        if (next == '.') return of(Tok::OPT_DOT, 2);
        if (next != '?') return of(Tok::QUESTION, 1);
        return peek(2) == '=' || is_foreign(peek(2)) ? QuickToken() : of(Tok::COALESCE, 2);
      case '<':
        if (next == '=') return of(Tok::LE, 2);
        return next == '>' ? QuickToken() : of(Tok::LT, 1);
      case '>': return next == '=' ? of(Tok::GE, 2) : of(Tok::GT, 1);
      case '|': return next == '|' || next == '>' ? QuickToken() : of(Tok::BAR, 1);
      case '!':
        return next == '=' && peek(2) != '=' && !is_foreign(peek(2)) ? of(Tok::NE, 2)
                                                                     : QuickToken();
      case '+': return next == '=' ? QuickToken() : of(Tok::PLUS, 1);
      case '*': return next == '=' || next == '*' ? QuickToken() : of(Tok::STAR, 1);
      case '/': return next == '=' || next == '/' ? QuickToken() : of(Tok::SLASH, 1);
      case '%': return next == '=' ? QuickToken() : of(Tok::PERCENT, 1);
      default: return {};
    }
  }

  /// A `${`, a `$`, an escape, or text up to one of the characters.
  [[nodiscard]] QuickToken piece(const char* ends) const {
    char next = peek(1);
    switch (text_[at_]) {
      case '$': return next == '{' ? of(Tok::INTERP_OPEN, 2) : of(Tok::STR_TEXT, 1);
      case '\\': {
        bool plain = next != 'u' && next != '\r' && next != '\n' && next != '\0';
        return plain && !is_foreign(next) ? of(Tok::STR_ESCAPE, 2) : QuickToken();
      }
      default: return to(Tok::STR_TEXT, text_.find_first_of(ends, at_));
    }
  }

  std::string_view text_;
  uint32_t at_;
};

}  // namespace

QuickToken quick_token(std::string_view text, uint32_t at, Surroundings around) {
  QuickLexer lexer(text, at);
  switch (around) {
    case Surroundings::Code: return lexer.code();
    case Surroundings::String: return lexer.string();
    case Surroundings::Block: return lexer.block();
    case Surroundings::RawBlock: return lexer.raw_block();
  }
  return {};
}

}  // namespace pflow::parse
