/// What the lexer gives to the parser: tokens with balanced brackets and only
/// those newlines that end something.
#pragma once

#include <antlr4-runtime.h>

#include <cstdint>
#include <string_view>
#include <vector>

#include "FlowParser.h"
#include "support/arena.h"
#include "support/source.h"

namespace pflow::parse {

using TokenType = uint16_t;
inline constexpr TokenType kEndOfFile = UINT16_MAX;

/// A token before newlines are filtered.
struct RawToken {
  uint32_t begin;
  uint32_t end;
  TokenType type;
  bool synthetic;
};

/// One token as the parser's runtime wants it, 24 bytes.
class FlowToken final : public antlr4::Token {
 public:
  FlowToken(TokenType type, bool synthetic, uint32_t begin, uint32_t end, uint32_t index)
      : begin_(begin), end_(end), index_(index), type_(type), synthetic_(synthetic) {}

  [[nodiscard]] TokenType type() const { return type_; }
  [[nodiscard]] uint32_t begin() const { return begin_; }
  [[nodiscard]] uint32_t end() const { return end_; }
  [[nodiscard]] uint32_t index() const { return index_; }
  /// Inserted for a closing bracket that is missing.
  [[nodiscard]] bool synthetic() const { return synthetic_; }
  void retype(TokenType type) { type_ = type; }

  std::string getText() const override { return {}; }
  size_t getType() const override {
    return type_ == kEndOfFile ? static_cast<size_t>(-1) : size_t{type_};
  }
  size_t getLine() const override { return 0; }
  size_t getCharPositionInLine() const override { return 0; }
  size_t getChannel() const override { return 0; }
  size_t getTokenIndex() const override { return index_; }
  size_t getStartIndex() const override { return begin_; }
  size_t getStopIndex() const override { return end_; }
  antlr4::TokenSource* getTokenSource() const override { return nullptr; }
  antlr4::CharStream* getInputStream() const override { return nullptr; }
  std::string toString() const override { return {}; }

 private:
  uint32_t begin_;
  uint32_t end_;
  uint32_t index_;
  TokenType type_;
  bool synthetic_;
};

/// The doc comment before the token `index`.
struct Doc {
  uint32_t index;
  std::string_view text;
};

struct Lexed {
  std::vector<FlowToken> tokens;  ///< ends with one of type kEndOfFile
  std::vector<Doc> docs;          ///< by index
  std::string_view file_doc;
  std::vector<uint32_t> mistakes;  ///< offsets of what was reported
  bool abandoned = false;          ///< reported, and not worth parsing
};

}  // namespace pflow::parse
