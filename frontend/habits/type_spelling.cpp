#include "frontend/habits/type_spelling.h"

#include <fmt/args.h>
#include <fmt/format.h>

#include <vector>

#include "frontend/habits/habits.h"

namespace pflow::habits {

namespace {

constexpr int kMaxDepth = 32;

bool in_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '.';
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  /// Members joined by `|`; one that is `None` makes the rest optional.
  std::string type() {
    std::vector<std::string> members;
    bool optional = false;
    if (++depth_ > kMaxDepth) return {};
    do {
      std::string member = postfix();
      if (member.empty()) return {};
      if (member == "none")
        optional = true;
      else
        members.push_back(std::move(member));
    } while (take('|'));
    --depth_;
    if (members.empty()) return {};
    std::string all = fmt::format("{}", fmt::join(members, " | "));
    if (optional) all = members.size() > 1 ? fmt::format("({})?", all) : all + "?";
    return all;
  }

  [[nodiscard]] size_t end() const { return end_; }

 private:
  std::string postfix() {
    std::string made = atom();
    while (!made.empty()) {
      if (take('?'))
        made += '?';
      else if (take_empty_brackets())
        made = fmt::format("[{}]", made);
      else
        break;
    }
    return made;
  }

  std::string atom() {
    if (take('[')) {
      std::string element = type();
      return !element.empty() && take(']') ? fmt::format("[{}]", element) : std::string();
    }
    if (take('(')) {
      std::string inner = type();
      return !inner.empty() && take(')') ? fmt::format("({})", inner) : std::string();
    }
    skip_blanks();
    if (at_ < text_.size() && text_[at_] == '"') return literal();
    return named();
  }

  std::string literal() {
    size_t close = text_.find_first_of("\"\n", at_ + 1);
    if (close == std::string_view::npos || text_[close] != '"') return {};
    std::string found(text_.substr(at_, close + 1 - at_));
    at_ = end_ = close + 1;
    return found;
  }

  std::string named() {
    size_t begin = at_;
    while (at_ < text_.size() && in_word(text_[at_])) ++at_;
    std::string_view name = text_.substr(begin, at_ - begin);
    if (name.empty()) return {};
    end_ = at_;
    if (find_value(name) == "none") return "none";
    // `typing.List`
    std::string_view last = name.substr(name.rfind('.') + 1);
    char open = next_opener();
    if (open == '\0') {
      std::string_view here = find_type(last, 0);
      if (here.find('T') != std::string_view::npos) return {};
      return std::string(here.empty() ? name : here);
    }
    std::vector<std::string> parts;
    take(open);
    do {
      parts.push_back(type());
      if (parts.back().empty()) return {};
    } while (take(','));
    if (!take(open == '[' ? ']' : '>')) return {};
    return with_parts(name, last, parts);
  }

  static std::string with_parts(std::string_view name, std::string_view last,
                                const std::vector<std::string>& parts) {
    std::string_view pattern = find_type(last, parts.size());
    if (pattern.empty()) return fmt::format("{}<{}>", name, fmt::join(parts, ", "));
    fmt::dynamic_format_arg_store<fmt::format_context> arguments;
    for (const std::string& part : parts) arguments.push_back(part);
    return fmt::vformat(pattern, arguments);
  }

  /// `[` or `<` that begins arguments; `[]` makes a list of what stands before it.
  char next_opener() {
    if (at_ >= text_.size() || (text_[at_] != '[' && text_[at_] != '<')) return '\0';
    return text_[at_] == '[' && at_ + 1 < text_.size() && text_[at_ + 1] == ']' ? '\0' : text_[at_];
  }

  bool take_empty_brackets() {
    if (at_ + 1 >= text_.size() || text_[at_] != '[' || text_[at_ + 1] != ']') return false;
    at_ = end_ = at_ + 2;
    return true;
  }

  bool take(char c) {
    size_t before = at_;
    skip_blanks();
    if (at_ < text_.size() && text_[at_] == c) {
      end_ = ++at_;
      return true;
    }
    at_ = before;
    return false;
  }

  void skip_blanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  }

  std::string_view text_;
  size_t at_ = 0;
  size_t end_ = 0;
  int depth_ = 0;
};

}  // namespace

TypeSpelling spell_type(std::string_view text) {
  Reader reader(text);
  TypeSpelling made{reader.type(), 0};
  made.length = reader.end();
  return made;
}

}  // namespace pflow::habits
