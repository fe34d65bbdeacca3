#include "tolerant_json.h"

#include <algorithm>

#include "characters.h"

namespace pf_models::lenient {
namespace {

/// No key without quotes is longer.
constexpr size_t kLongestKey = 128;

struct Word {
  std::string_view text;
  NodeKind kind;
  bool json;  ///< as JSON has it
  bool number;
};
constexpr Word kWords[] = {
    {"null", NodeKind::Null, true, false},     {"true", NodeKind::True, true, false},
    {"false", NodeKind::False, true, false},   {"None", NodeKind::Null, false, false},
    {"True", NodeKind::True, false, false},    {"False", NodeKind::False, false, false},
    {"TRUE", NodeKind::True, false, false},    {"FALSE", NodeKind::False, false, false},
    {"NULL", NodeKind::Null, false, false},    {"Null", NodeKind::Null, false, false},
    {"nil", NodeKind::Null, false, false},     {"undefined", NodeKind::Null, false, false},
    {"NaN", NodeKind::Null, false, true},      {"nan", NodeKind::Null, false, true},
    {"Infinity", NodeKind::Null, false, true}, {"-Infinity", NodeKind::Null, false, true},
    {"inf", NodeKind::Null, false, true},      {"-inf", NodeKind::Null, false, true},
};

size_t digits_end(std::string_view text, size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

bool is_json_number(std::string_view text) {
  size_t at = text.starts_with('-') ? 1 : 0;
  size_t end = digits_end(text, at);
  if (end == at || (text[at] == '0' && end - at > 1)) return false;
  at = end;
  if (at < text.size() && text[at] == '.') {
    end = digits_end(text, ++at);
    if (end == at) return false;
    at = end;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    end = digits_end(text, at);
    if (end == at) return false;
    at = end;
  }
  return at == text.size();
}

/// Whether `,` at `at` stands within a number: three digits, and then no further one.
bool groups_digits(std::string_view text, size_t at) {
  if (at == 0 || !is_digit(text[at - 1])) return false;
  size_t end = digits_end(text, at + 1);
  if (end - at != 4) return false;
  while (end < text.size() && (text[end] == ' ' || text[end] == '"')) ++end;
  return end == text.size() || text[end] != ':';
}

}  // namespace

const Node* TolerantReader::fail(const char* mistake) {
  if (!mistake_) mistake_ = mistake;
  return nullptr;
}

void TolerantReader::mend(Node& node, Mend mend) {
  node.mends |= bit(mend);
  mends_ |= bit(mend);
  if (mend == Mend::Cut) node.cut = true;
}

const Node* TolerantReader::read(size_t at) {
  at_ = at;
  mistake_ = nullptr;
  mends_ = 0;
  depth_ = objects_ = lists_ = 0;
  stack_.clear();
  return next() == '{' ? object() : list();
}

bool TolerantReader::skip_comment() {
  if (next() != '/' && next() != '#') return false;
  bool block = rest().starts_with("/*");
  if (!block && next() == '/' && !rest().starts_with("//")) return false;
  size_t end = block ? text_.find("*/", at_ + 2) : text_.find('\n', at_);
  at_ = end == text_.npos ? text_.size() : end + (block ? 2 : 1);
  return true;
}

void TolerantReader::skip_blanks(Node& around) {
  for (;;) {
    if (size_t blank = blank_length(rest()))
      at_ += blank;
    else if (skip_comment())
      mend(around, Mend::Comment);
    else
      return;
  }
}

const Node* TolerantReader::value(Place place) {
  if (next() == '{') return object();
  if (next() == '[') return list();
  return quote_at(at_) ? text(place) : bare(place);
}

const Node* TolerantReader::object() {
  if (++depth_ > kMaxDepth) return fail("it is nested too deeply");
  ++objects_;
  ++at_;
  Node* made = pool_.node(NodeKind::Object);
  size_t outer = stack_.size();
  for (bool first = true; separator(*made, '}', first); first = false)
    if (!member(*made)) break;
  if (mistake_) return nullptr;
  made->members = pool_.keep(std::span(stack_).subspan(outer));
  stack_.resize(outer);
  --objects_;
  --depth_;
  return made;
}

const Node* TolerantReader::list() {
  if (++depth_ > kMaxDepth) return fail("it is nested too deeply");
  ++lists_;
  ++at_;
  Node* made = pool_.node(NodeKind::List);
  size_t outer = stack_.size();
  for (bool first = true; separator(*made, ']', first); first = false) {
    if (objects_ > 0 && quote_at(at_) && key_at(at_)) {
      mend(*made, Mend::Bracket);
      break;
    }
    const Node* item = value(Place::Item);
    if (!item) return nullptr;
    stack_.push_back({{}, item});
  }
  if (mistake_) return nullptr;
  made->members = pool_.keep(std::span(stack_).subspan(outer));
  stack_.resize(outer);
  --lists_;
  --depth_;
  return made;
}

bool TolerantReader::separator(Node& around, char close, bool first) {
  bool comma = first;
  for (;;) {
    skip_blanks(around);
    if (done()) {
      mend(around, Mend::Cut);
      return false;
    }
    char c = next();
    if (c == ',' || c == ';') {
      if (comma) mend(around, Mend::ExtraComma);
      if (c == ';') mend(around, Mend::ExtraComma);
      comma = true;
      ++at_;
      continue;
    }
    if (c == close) {
      if (comma && !first) mend(around, Mend::ExtraComma);
      ++at_;
      return false;
    }
    if (c == '}' || c == ']') return close_other(around, c);
    if (!comma) mend(around, Mend::MissingComma);
    return true;
  }
}

/// The bracket of something that stands around: what is open here has none.
bool TolerantReader::close_other(Node& around, char close) {
  if ((close == '}' ? objects_ : lists_) == 0)
    fail("a closing bracket has no opening one");
  else
    mend(around, Mend::Bracket);
  return false;
}

/// False: the text ends, or a mistake.
bool TolerantReader::member(Node& object) {
  std::string_view name;
  if (!key(object, name)) return false;
  skip_blanks(object);
  if (!done() && !colon(object)) return false;
  skip_blanks(object);
  if (done()) {
    mend(object, Mend::Cut);
    return false;
  }
  char c = next();
  const Node* made;
  if (c == ',' || c == '}') {
    Node* none = pool_.node(NodeKind::Null);
    mend(*none, Mend::NoValue);
    made = none;
  } else {
    made = value(Place::Value);
  }
  if (!made) return false;
  stack_.push_back({name, made});
  return true;
}

bool TolerantReader::key(Node& object, std::string_view& key) {
  if (!quote_at(at_)) return bare_key(object, key);
  Node* read = text(Place::Key);
  if (!read) return false;
  object.mends |= read->mends;
  key = read->text;
  if (!read->cut) return true;
  mend(object, Mend::Cut);
  return false;
}

bool TolerantReader::bare_key(Node& object, std::string_view& key) {
  size_t end = at_;
  auto belongs = [&](char c) {
    return is_word(c) || c == '_' || c == '-' || c == '$' || c == ' ' || c == '.';
  };
  while (end < text_.size() && end - at_ < kLongestKey && belongs(text_[end]) &&
         !text_.substr(end).starts_with("\xef\xbc\x9a"))
    ++end;
  key = trimmed(text_.substr(at_, end - at_));
  if (key.empty()) return fail("expected a key");
  at_ += key.size();
  mend(object, Mend::BareKey);
  return true;
}

bool TolerantReader::colon(Node& object) {
  if (next() == ':') {
    ++at_;
    return true;
  }
  for (std::string_view sign : {"=>", "=", "\xef\xbc\x9a"}) {
    if (!rest().starts_with(sign)) continue;
    at_ += sign.size();
    mend(object, Mend::Colon);
    return true;
  }
  return fail("expected `:`");
}

size_t TolerantReader::bare_end(Place place) const {
  size_t end = at_;
  for (; end < text_.size(); ++end) {
    char c = text_[end];
    if (c == '\n' || c == '\r' || c == '}' || c == ']') break;
    if (c == ',' && (place == Place::Item || !groups_digits(text_, end))) break;
    bool behind_blank = end > at_ && text_[end - 1] == ' ';
    if (behind_blank && (c == '"' || c == '#' || text_.substr(end, 2) == "//")) break;
    if (text_.substr(end, 2) == "/*") break;
    if (c == ' ' && place == Place::Value && key_at(end + 1)) break;
  }
  return end;
}

const Node* TolerantReader::bare(Place place) {
  size_t end = bare_end(place);
  std::string_view written = trimmed(text_.substr(at_, end - at_));
  if (written.empty()) return fail("expected a value");
  at_ += written.size();
  bool cut = end == text_.size();
  const auto* word = std::ranges::find(kWords, written, &Word::text);
  if (word != std::end(kWords)) {
    Node* made = pool_.node(word->kind);
    if (!word->json) mend(*made, word->number ? Mend::NotANumber : Mend::Word);
    return made;
  }
  Node* made = pool_.node(is_json_number(written) ? NodeKind::Number : NodeKind::Text);
  made->text = written;
  made->bare = true;
  if (made->kind == NodeKind::Text) mend(*made, Mend::BareText);
  if (cut) mend(*made, Mend::Cut);
  return made;
}

}  // namespace pf_models::lenient
