#include "runtime/src/json/json_scanner.h"

#include <string.h>

#include "pflow/utf8.hpp"
#include "runtime/src/json/plain_text.h"

namespace pflow::rt {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

const char* digits_end(const char* at, const char* end) {
  while (at != end && is_digit(*at)) ++at;
  return at;
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

void add_utf8(Buffer& out, uint32_t code_point) {
  utf8_encode(code_point, [&](char byte) { out.add(byte); });
}

}  // namespace

bool JsonScanner::open() {
  ++at_;
  return ++depth_ <= kMaxDepth || fail("it is nested too deeply");
}

bool JsonScanner::more(bool first, char close, bool* goes_on) {
  char c = next();
  *goes_on = c != close;
  if (c == close) {
    ++at_;
    --depth_;
    return true;
  }
  if (first) return true;
  if (c != ',') return fail(close == ']' ? "expected `,` or `]`" : "expected `,` or `}`");
  ++at_;
  if (next() == close) return fail("there is a `,` too many");
  return true;
}

bool JsonScanner::string(pf_str* out) {
  if (next() != '"') return fail("expected a string");
  const char* start = ++at_;
  at_ = plain_end(at_, end_);
  if (at_ != end_ && *at_ == '"') {
    *out = {start, static_cast<size_t>(at_ - start), nullptr};
    ++at_;
    return true;
  }
  return escaped_string(start, out);
}

bool JsonScanner::escaped_string(const char* start, pf_str* out) {
  unescaped_.clear();
  for (;;) {
    unescaped_.add(start, static_cast<size_t>(at_ - start));
    if (at_ == end_) return fail("the string has no end");
    if (*at_ == '"') break;
    if (*at_ != '\\') return fail("a control character stands in a string");
    if (!escape()) return false;
    start = at_;
    at_ = plain_end(at_, end_);
  }
  ++at_;
  *out = unescaped_.text();
  return true;
}

bool JsonScanner::escape() {
  const char* from = "\"\\/bfnrt";
  const char* to = "\"\\/\b\f\n\r\t";
  if (++at_ == end_) return fail("the string has no end");
  if (*at_ == 'u') {
    uint32_t unit, low;
    if (!code_unit(&unit)) return false;
    if (unit >= 0xdc00 && unit <= 0xdfff) return fail("half a surrogate pair");
    if (unit >= 0xd800 && unit <= 0xdbff) {
      if (end_ - at_ < 2 || at_[0] != '\\' || at_[1] != 'u') return fail("half a surrogate pair");
      ++at_;
      if (!code_unit(&low)) return false;
      if (low < 0xdc00 || low > 0xdfff) return fail("half a surrogate pair");
      unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
    }
    add_utf8(unescaped_, unit);
    return true;
  }
  const char* found = *at_ ? strchr(from, *at_) : nullptr;
  if (!found) return fail("an unknown escape");
  unescaped_.add(to[found - from]);
  ++at_;
  return true;
}

/// The four digits behind `u`.
bool JsonScanner::code_unit(uint32_t* out) {
  ++at_;
  *out = 0;
  for (int i = 0; i < 4; ++i, ++at_) {
    int digit = at_ == end_ ? -1 : hex_value(*at_);
    if (digit < 0) return fail("expected four hexadecimal digits");
    *out = *out << 4 | static_cast<uint32_t>(digit);
  }
  return true;
}

bool JsonScanner::key(pf_str* out) {
  if (next() != '"') return fail("expected a string as key");
  if (!string(out)) return false;
  if (next() != ':') return fail("expected `:`");
  ++at_;
  return true;
}

bool JsonScanner::word(const char* word) {
  const char* start = at_;
  for (; *word; ++word, ++at_) {
    if (at_ != end_ && *at_ == *word) continue;
    at_ = start;
    return fail("expected a value");
  }
  return true;
}

bool JsonScanner::number(pf_str* out, bool* integral) {
  const char* start = at_;
  if (at_ != end_ && *at_ == '-') ++at_;
  const char* whole = at_;
  at_ = digits_end(at_, end_);
  if (at_ == whole) return fail(start == whole ? "expected a value" : "expected a digit");
  if (*whole == '0' && at_ - whole > 1) {
    at_ = whole;
    return fail("a number begins with 0");
  }
  *integral = true;
  if (at_ != end_ && *at_ == '.') {
    *integral = false;
    const char* fraction = ++at_;
    at_ = digits_end(at_, end_);
    if (at_ == fraction) return fail("expected a digit");
  }
  if (at_ != end_ && (*at_ == 'e' || *at_ == 'E')) {
    *integral = false;
    ++at_;
    if (at_ != end_ && (*at_ == '-' || *at_ == '+')) ++at_;
    const char* exponent = at_;
    at_ = digits_end(at_, end_);
    if (at_ == exponent) return fail("expected a digit");
  }
  *out = {start, static_cast<size_t>(at_ - start), nullptr};
  return true;
}

bool JsonScanner::skip_string() {
  ++at_;
  for (;;) {
    at_ = plain_end(at_, end_);
    if (at_ == end_) return fail("the string has no end");
    if (*at_ == '"') break;
    if (*at_ != '\\') return fail("a control character stands in a string");
    unescaped_.clear();
    if (!escape()) return false;
  }
  ++at_;
  return true;
}

bool JsonScanner::skip_scalar(char first) {
  pf_str text;
  bool integral;
  switch (first) {
    case '"': return skip_string();
    case 't': return word("true");
    case 'f': return word("false");
    case 'n': return word("null");
    default: return number(&text, &integral);
  }
}

bool JsonScanner::skip() {
  char c = next();
  return c == '{' || c == '[' ? skip_nested() : skip_scalar(c);
}

bool JsonScanner::skip_nested() {
  // One bit a level: whether it is an object.
  uint64_t objects[kMaxDepth / 64 + 1] = {};
  uint32_t outer = depth_;
  for (bool first = false;;) {
    char c = next();
    if (c == '{' || c == '[') {
      if (!open()) return false;
      uint64_t bit = uint64_t{1} << depth_ % 64;
      uint64_t& bits = objects[depth_ / 64];
      bits = c == '{' ? bits | bit : bits & ~bit;
      first = true;
    } else if (!skip_scalar(c)) {
      return false;
    }
    // Everything that ends here, then what comes next in the innermost that goes on.
    for (bool goes_on = false; !goes_on; first = false) {
      if (depth_ == outer) return true;
      bool object = objects[depth_ / 64] >> depth_ % 64 & 1;
      if (!more(first, object ? '}' : ']', &goes_on)) return false;
      if (goes_on && object) {
        if (next() != '"') return fail("expected a string as key");
        if (!skip_string()) return false;
        if (next() != ':') return fail("expected `:`");
        ++at_;
      }
    }
  }
}

bool JsonScanner::end() {
  return next() == '\0' && at_ == end_ ? true : fail("there is text behind the value");
}

}  // namespace pflow::rt
