/// The lexer's input: bytes, every one outside ASCII handed out as U+007F.
/// Token offsets are therefore byte offsets, and the lexer's table (which ends
/// at U+007F) serves for text in any script.
#pragma once

#include <antlr4-runtime.h>

#include <string_view>

namespace pflow::parse {

class ByteStream final : public antlr4::CharStream {
 public:
  ByteStream(std::string_view text, size_t at) : text_(text), at_(at) {}

  void consume() override {
    if (at_ < text_.size()) ++at_;
  }
  size_t LA(ssize_t i) override {
    size_t at = at_ + static_cast<size_t>(i > 0 ? i - 1 : i);
    if (at >= text_.size()) return static_cast<size_t>(-1);
    auto byte = static_cast<unsigned char>(text_[at]);
    return byte < 0x80 ? byte : 0x7F;
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
  std::string_view text_;
  size_t at_;
};

}  // namespace pflow::parse
