/// The lexer's input: bytes, every one outside ASCII handed out as U+007F.
/// Token offsets are therefore byte offsets, and the lexer's table (which ends
/// at U+007F) serves for text in any script.
///
/// In code, characters that are meant as ASCII ones (frontend/habits) are handed out
/// as these, each with all its bytes at once, and noted.
#pragma once

#include <antlr4-runtime.h>

#include <string_view>
#include <vector>

#include "frontend/habits/habits.h"
#include "frontend/parse/source_text.h"

namespace pflow::parse {

/// What a quote, and a character that is meant as several, is handed out as.
inline constexpr size_t kPastedQuote = 0;
inline constexpr size_t kPastedSign = 1;

struct PastedCharacter {
  uint32_t at;
  const habits::Character* character;
};

/// The habit at `at`, or null.
[[nodiscard]] inline const habits::Character* pasted_character(std::string_view text, size_t at) {
  uint32_t length = at < text.size() ? utf8_length(text, at) : 0;
  if (length < 2) return nullptr;
  uint32_t code = static_cast<unsigned char>(text[at]) & (0x7FU >> length);
  for (uint32_t i = 1; i < length; ++i)
    code = code << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3F);
  return habits::find_character(code);
}

class ByteStream final : public antlr4::CharStream {
 public:
  ByteStream(std::string_view text, size_t at) : text_(text), at_(at) {}

  /// From here on is code.
  void read_code() { reading_ = Reading::Code; }
  /// From here on is a string; `quote` is what a character that closes it is meant as,
  /// empty when none does.
  void read_string(std::string_view quote) {
    reading_ = Reading::String;
    quote_ = quote;
  }
  /// Those seen so far, by place.
  [[nodiscard]] const std::vector<PastedCharacter>& pasted() const { return pasted_; }
  /// Leaves out those from `at` on: they stand in a comment or a raw string.
  void forget_from(uint32_t at) {
    while (!pasted_.empty() && pasted_.back().at >= at) pasted_.pop_back();
  }

  void consume() override {
    if (at_ >= text_.size()) return;
    const habits::Character* found = meant_at(at_);
    if (found == nullptr || found->here.empty()) {
      ++at_;
      return;
    }
    if (at_ >= seen_) pasted_.push_back({static_cast<uint32_t>(at_), found});
    at_ += utf8_length(text_, at_);
    seen_ = std::max(seen_, at_);
  }
  size_t LA(ssize_t i) override {
    size_t at = at_ + static_cast<size_t>(i > 0 ? i - 1 : i);
    if (at >= text_.size()) return static_cast<size_t>(-1);
    auto byte = static_cast<unsigned char>(text_[at]);
    if (byte < 0x80) return byte;
    const habits::Character* found = meant_at(at);
    return found != nullptr ? symbol_of(found->here) : 0x7F;
  }
  ssize_t mark() override { return -1; }
  void release(ssize_t) override {}
  size_t index() override { return at_; }
  void seek(size_t index) override { at_ = index < text_.size() ? index : text_.size(); }
  size_t size() override { return text_.size(); }
  std::string getSourceName() const override { return {}; }
  std::string getText(const antlr4::misc::Interval&) override { return {}; }
  std::string toString() const override { return {}; }

 private:
  enum class Reading : uint8_t { Code, String };

  static size_t symbol_of(std::string_view here) {
    if (here.empty()) return 0x7F;
    if (here == "\"" || here == "'") return kPastedQuote;
    return here.size() == 1 ? static_cast<size_t>(here[0]) : kPastedSign;
  }

  [[nodiscard]] const habits::Character* meant_at(size_t at) const {
    if (static_cast<unsigned char>(text_[at]) < 0x80) return nullptr;
    if (reading_ == Reading::String && quote_.empty()) return nullptr;
    const habits::Character* found = pasted_character(text_, at);
    bool closes = reading_ == Reading::Code || (found != nullptr && found->here == quote_);
    return closes ? found : nullptr;
  }

  std::string_view text_;
  size_t at_;
  size_t seen_ = 0;
  Reading reading_ = Reading::Code;
  std::string_view quote_;
  std::vector<PastedCharacter> pasted_;
};

}  // namespace pflow::parse
