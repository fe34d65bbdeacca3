// Texts in quotes: which quote is the last one, and what escapes stand for.
#include <array>
#include <charconv>

#include "characters.h"
#include "pflow/utf8.hpp"
#include "tolerant_json.h"

namespace pf_models::lenient {

/// Opening quotes, and what may close them.
struct TolerantReader::Quote {
  std::string_view open;
  std::array<std::string_view, 4> close;

  /// The bytes of the closing quote at the start of the text; 0: none stands there.
  [[nodiscard]] size_t closes(std::string_view text) const {
    for (std::string_view mark : close)
      if (!mark.empty() && text.starts_with(mark)) return mark.size();
    return 0;
  }
};

namespace {

constexpr std::string_view kLeft = "\xe2\x80\x9c", kRight = "\xe2\x80\x9d", kLow = "\xe2\x80\x9e",
                           kLeftOne = "\xe2\x80\x98", kRightOne = "\xe2\x80\x99",
                           kLowOne = "\xe2\x80\x9a", kOpenAngle = "\xc2\xab",
                           kCloseAngle = "\xc2\xbb";

/// How far a key may reach that shows where a text ends.
constexpr size_t kLookahead = 128;

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20; }

void add_utf8(std::string& out, unsigned code_point) {
  pflow::utf8_encode(code_point, [&](char byte) { out += byte; });
}

bool is_colon(std::string_view text) {
  return text.starts_with(':') || text.starts_with('=') || text.starts_with("\xef\xbc\x9a");
}

bool is_high(unsigned unit) { return unit >= 0xd800 && unit <= 0xdbff; }
bool is_low(unsigned unit) { return unit >= 0xdc00 && unit <= 0xdfff; }

}  // namespace

const TolerantReader::Quote* TolerantReader::quote_at(size_t at) const {
  static constexpr Quote kQuotes[] = {
      {R"(""")", {R"(""")"}},
      {"\"", {"\""}},
      {"'", {"'"}},
      {"`", {"`"}},
      {kLeft, {kRight, kLeft, "\""}},
      {kRight, {kRight, kLeft, "\""}},
      {kLow, {kLeft, kRight, "\""}},
      {kLeftOne, {kRightOne, kLeftOne, "'"}},
      {kRightOne, {kRightOne, kLeftOne, "'"}},
      {kLowOne, {kLeftOne, kRightOne, "'"}},
      {kOpenAngle, {kCloseAngle}},
      {kCloseAngle, {kOpenAngle, kCloseAngle}},
  };
  if (at >= text_.size() || is_letter(text_[at]) || is_digit(text_[at])) return nullptr;
  for (const Quote& quote : kQuotes) {
    if (text_.substr(at).starts_with(quote.open)) return &quote;
  }
  return nullptr;
}

Node* TolerantReader::text(Place place) {
  const Quote& quote = *quote_at(at_);
  Node* node = pool_.node(NodeKind::Text);
  if (quote.open != "\"") mend(*node, Mend::Quotes);
  size_t start = at_ += quote.open.size();
  std::string made;
  bool copied = false;
  for (; !done(); ++at_) {
    char c = next();
    if (c == '\\') {
      made.append(text_, start, at_ - start);
      copied = true;
      escape(*node, made);
      start = at_--;
      continue;
    }
    if (is_control(c)) {
      mend(*node, Mend::Control);
      continue;
    }
    bool may_close = c == '"' || c == '\'' || c == '`' || c == '\xe2' || c == '\xc2';
    size_t length = may_close ? quote.closes(rest()) : 0;
    if (length == 0) continue;
    if (!ends(at_ + length, place, quote)) {
      mend(*node, Mend::InnerQuote);
      continue;
    }
    node->text = text_.substr(start, at_ - start);
    if (copied) node->text = pool_.keep(made.append(node->text));
    at_ += length;
    return node;
  }
  mend(*node, Mend::Cut);
  node->text = text_.substr(start);
  if (copied) node->text = pool_.keep(made.append(node->text));
  return node;
}

/// Whether a text that has its closing quote in front of `behind` ends there: what follows is
/// what follows a text in JSON.
bool TolerantReader::ends(size_t behind, Place place, const Quote& quote) const {
  size_t at = behind;
  bool new_line = false;
  while (size_t blank = blank_length(text_.substr(at))) {
    new_line = new_line || text_[at] == '\n';
    at += blank;
  }
  if (at >= text_.size()) return true;
  char c = text_[at];
  // A value right behind a key is a mistake that is told there.
  if (place == Place::Key)
    return is_colon(text_.substr(at)) || (at > behind && (quote_at(at) || is_digit(c)));
  if (c == '}') return true;
  if (c == ']') return place == Place::Item || lists_ > 0;
  if (c == ',' || c == ';') return goes_on(at + 1, place, quote);
  if (c == '/') return text_.substr(at).starts_with("//") || text_.substr(at).starts_with("/*");
  if (c == '#') return at > behind;
  if (at == behind) return false;
  bool quoted = text_.substr(at).starts_with(quote.open);
  if (place == Place::Value) return key_at(at) && (quoted || new_line);
  return quoted || (new_line && goes_on(at, place, quote));
}

/// Whether behind a comma stands what goes on, and not further text.
bool TolerantReader::goes_on(size_t at, Place place, const Quote& quote) const {
  while (size_t blank = blank_length(text_.substr(at))) at += blank;
  if (at >= text_.size()) return true;
  char c = text_[at];
  if (c == '}' || c == ']' || c == ',' || c == '#' || c == '/') return true;
  if (place == Place::Value) return key_at(at) || cut_key_at(at);
  std::string_view rest = text_.substr(at);
  if (c == '{' || c == '[' || c == '-' || is_digit(c) || rest.starts_with(quote.open)) return true;
  if (c == '"' || c == '\'') return true;
  for (std::string_view word : {"true", "false", "null", "True", "False", "None"})
    if (rest.starts_with(word)) return true;
  return false;
}

/// Whether a key in quotes begins there that the end of the text cuts off.
bool TolerantReader::cut_key_at(size_t at) const {
  const Quote* quote = quote_at(at);
  if (!quote || text_.size() - at > kLookahead) return false;
  for (at += quote->open.size(); at < text_.size(); ++at)
    if (size_t length = quote->closes(text_.substr(at)))
      return trimmed(text_.substr(at + length)).empty();
  return true;
}

/// Whether a key and its colon stand there, as far as that can be seen at once.
bool TolerantReader::key_at(size_t at) const {
  if (at >= text_.size()) return false;
  size_t most = std::min(text_.size(), at + kLookahead);
  const Quote* quote = quote_at(at);
  if (quote) {
    at += quote->open.size();
    while (at < most && quote->closes(text_.substr(at)) == 0 && !is_control(text_[at])) ++at;
    if (at >= most) return false;
    at += quote->closes(text_.substr(at));
  } else {
    if (!is_letter(text_[at]) && text_[at] != '_' && text_[at] != '$') return false;
    while (at < most && (is_word(text_[at]) || text_[at] == '_' || text_[at] == '-')) ++at;
  }
  while (at < most && text_[at] == ' ') ++at;
  if (at >= most) return false;
  if (quote) return is_colon(text_.substr(at));
  return text_[at] == ':' && text_.substr(at, 3) != "://";
}

std::optional<unsigned> TolerantReader::code_unit(size_t at) const {
  std::string_view digits = text_.substr(std::min(at, text_.size()), 4);
  unsigned unit = 0;
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), unit, 16);
  if (digits.size() != 4 || end != digits.data() + 4) return std::nullopt;
  return unit;
}

/// Takes the escape that stands next; what is none stays as it stands.
void TolerantReader::escape(Node& node, std::string& made) {
  constexpr std::string_view kFrom = "\"\\/bfnrt", kTo = "\"\\/\b\f\n\r\t";
  char c = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
  if (size_t found = kFrom.find(c); c != '\0' && found != kFrom.npos) {
    made += kTo[found];
    at_ += 2;
    return;
  }
  std::optional<unsigned> unit = c == 'u' ? code_unit(at_ + 2) : std::nullopt;
  if (!unit) {
    mend(node, Mend::Escape);
    if (c == '\n')
      at_ += 2;  // a line that goes on
    else if (c == '\'' || c == '`')
      made += c, at_ += 2;
    else
      made += '\\', ++at_;
    return;
  }
  at_ += 6;
  bool pair = is_high(*unit) && text_.substr(std::min(at_, text_.size()), 2) == "\\u";
  std::optional<unsigned> low = pair ? code_unit(at_ + 2) : std::nullopt;
  if (low && is_low(*low)) {
    at_ += 6;
    return add_utf8(made, 0x10000 + ((*unit - 0xd800) << 10) + (*low - 0xdc00));
  }
  bool half = is_high(*unit) || is_low(*unit);
  if (half) mend(node, Mend::Escape);
  add_utf8(made, half ? 0xfffd : *unit);
}

}  // namespace pf_models::lenient
