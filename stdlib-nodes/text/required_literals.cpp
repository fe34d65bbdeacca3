#include "required_literals.h"

#include <string.h>

namespace pf_text {
namespace {

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// Walks an expression's top level and collects its runs of literal text.
class Walk {
 public:
  explicit Walk(std::string_view pattern) : pattern_(pattern) {}
  /// False when nothing is known about the expression.
  bool collect(std::vector<std::string>& runs);

 private:
  bool step(char c);
  bool escape();
  bool repetition();
  void end_run();
  void unless_repeated_away();
  bool skip_class();
  [[nodiscard]] char peek() const { return at_ < pattern_.size() ? pattern_[at_] : '\0'; }
  /// Literal text at the top level; within a group it need not be in a match.
  void literal(char c) {
    if (depth_ == 0) run_ += c;
  }

  std::string_view pattern_;
  size_t at_ = 0;
  int depth_ = 0;
  std::string run_;
  std::vector<std::string> runs_;
};

void Walk::end_run() {
  if (run_.size() > 1) runs_.push_back(run_);
  run_.clear();
}

/// What stands before `*`, `?` or `{`: its last code point may be absent.
void Walk::unless_repeated_away() {
  while (!run_.empty() && (run_.back() & 0xc0) == 0x80) run_.pop_back();
  if (!run_.empty()) run_.pop_back();
  end_run();
}

/// Behind a `[`.
bool Walk::skip_class() {
  if (peek() == '^') ++at_;
  if (peek() == ']') ++at_;
  while (at_ < pattern_.size()) {
    char c = pattern_[at_++];
    if (c == ']') return true;
    if (c == '\\') ++at_;
    if (c == '[' && peek() == ':') {
      size_t close = pattern_.find(":]", at_);
      if (close == std::string_view::npos) return false;
      at_ = close + 2;
    }
  }
  return false;
}

/// Behind a `\`: punctuation stands for itself, `\b` and the like for no text.
bool Walk::escape() {
  char c = peek();
  ++at_;
  if (!is_alphanumeric(c)) {
    literal(c);
    return c != '\0';
  }
  end_run();
  return strchr("AbBdDsSwWz", c) != nullptr;
}

/// Behind a `{`: `{2}`, `{2,}`, `{2,3}`; anything else is text to RE2.
bool Walk::repetition() {
  unless_repeated_away();
  size_t digits = at_;
  while ((peek() >= '0' && peek() <= '9') || (peek() == ',' && at_ > digits)) ++at_;
  return at_ > digits && at_ < pattern_.size() && pattern_[at_++] == '}';
}

bool Walk::step(char c) {
  switch (c) {
    case '|': end_run(); return depth_ > 0;
    case '(':
      end_run();
      ++depth_;
      return peek() != '?';
    case ')': return depth_-- > 0;
    case '[': end_run(); return skip_class();
    case '\\': return escape();
    case '{': return repetition();
    case '*':
    case '?': unless_repeated_away(); return true;
    case '+':
    case '.':
    case '^':
    case '$': end_run(); return true;
    default: literal(c); return true;
  }
}

bool Walk::collect(std::vector<std::string>& runs) {
  while (at_ < pattern_.size())
    if (!step(pattern_[at_++])) return false;
  end_run();
  runs = std::move(runs_);
  return depth_ == 0;
}

/// Short texts are compared faster than memcmp is called.
bool is_at(const char* at, const std::string& text) {
  for (char c : text)
    if (*at++ != c) return false;
  return true;
}

/// How often texts hold a byte, roughly.
int commonness(char c) {
  if (c >= 'a' && c <= 'z') return strchr("etaoinsr", c) ? 4 : 3;
  return c == ' ' ? 5 : c >= '0' && c <= '9' ? 2 : 1;
}

}  // namespace

RequiredLiterals::RequiredLiterals(std::string_view pattern) {
  std::vector<std::string> runs;
  if (!Walk(pattern).collect(runs)) return;
  for (std::string& run : runs) {
    size_t anchor = 0;
    for (size_t i = 1; i < run.size(); ++i)
      if (commonness(run[i]) < commonness(run[anchor])) anchor = i;
    literals_.push_back({std::move(run), anchor});
  }
}

bool RequiredLiterals::may_match(std::string_view text) const {
  const char* at = text.data();
  const char* end = at + text.size();
  for (const Literal& literal : literals_) {
    size_t len = literal.text.size();
    const char* found = nullptr;
    for (const char* from = at; !found;) {
      if (static_cast<size_t>(end - from) < len) return false;
      size_t left = static_cast<size_t>(end - from) - len + 1;
      const void* anchor = memchr(from + literal.anchor, literal.text[literal.anchor], left);
      if (!anchor) return false;
      const char* start = static_cast<const char*>(anchor) - literal.anchor;
      if (is_at(start, literal.text)) found = start;
      from = start + 1;
    }
    at = found + len;
  }
  return true;
}

}  // namespace pf_text
