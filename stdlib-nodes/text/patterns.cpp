#include "patterns.h"

#include <memory>

namespace pf_text {
namespace {

using re2::StringPiece;

re2::RE2::Options quiet() {
  re2::RE2::Options options;
  options.set_log_errors(false);
  return options;
}

/// The patterns compiled last: flows apply few patterns many times.
class Patterns {
 public:
  const Pattern& find(const pf_str& text) {
    if (last_ && text.data == address_ && text.len == last_->text.size()) return *last_;
    last_ = &find_or_compile(piece(text));
    // What has no owner lives as long as the program.
    address_ = text.owner ? nullptr : text.data;
    return *last_;
  }

 private:
  const Pattern& find_or_compile(StringPiece text) {
    for (const auto& known : known_)
      if (known && text == StringPiece(known->text)) return *known;
    auto& oldest = known_[next_++ % kKept];
    oldest = std::make_unique<Pattern>(text);
    return *oldest;
  }

  static constexpr size_t kKept = 8;
  const Pattern* last_ = nullptr;
  const char* address_ = nullptr;
  std::unique_ptr<Pattern> known_[kKept];
  size_t next_ = 0;
};

}  // namespace

Pattern::Pattern(StringPiece source)
    : text(source.data(), source.size()), regex(source, quiet()), literals(text) {}

const Pattern* find_pattern(pf_call* call, const pf_str& text) {
  static Patterns patterns;
  const Pattern& pattern = patterns.find(text);
  if (pattern.regex.ok()) return &pattern;
  pf_fail(call, PF_E_VALUE, "the regular expression `%s` is malformed: %s", pattern.text.c_str(),
          pattern.regex.error().c_str());
  return nullptr;
}

}  // namespace pf_text
