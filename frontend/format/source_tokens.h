/// The tokens of a file with what stands between them.
#pragma once

#include <string_view>
#include <vector>

#include "frontend/parse/lex.h"

namespace pflow::format {

using Tok = FlowParser;
using parse::kEndOfFile;
using parse::TokenType;

class SourceTokens {
 public:
  /// `lexed` without mistakes; it outlives this.
  SourceTokens(std::string_view text, const parse::Lexed& lexed);

  [[nodiscard]] TokenType type(size_t index) const { return at(index).type(); }
  [[nodiscard]] uint32_t begin(size_t index) const { return at(index).begin(); }
  [[nodiscard]] uint32_t end(size_t index) const { return at(index).end(); }
  [[nodiscard]] std::string_view text(size_t index) const { return text(index, index + 1); }
  /// From the first token to before the token `end`, with all between.
  [[nodiscard]] std::string_view text(size_t first, size_t end) const {
    return text_.substr(at(first).begin(), at(end - 1).end() - at(first).begin());
  }
  /// What stands before the token, behind the one before it.
  [[nodiscard]] std::string_view gap(size_t index) const {
    uint32_t from = index == 0 ? 0 : at(index - 1).end();
    return text_.substr(from, at(index).begin() - from);
  }
  /// How many comments stand before the tokens from `first` to before `end`; those in a text
  /// literal are part of it.
  [[nodiscard]] uint32_t comments(size_t first, size_t end) const {
    return first < end ? comments_[end] - comments_[first] : 0;
  }
  /// The token that closes what the token opens: a bracket, a text literal, a `${`.
  [[nodiscard]] uint32_t closing(size_t index) const { return closing_[index]; }
  [[nodiscard]] bool newline_before(size_t index) const {
    return gap(index).find('\n') != std::string_view::npos;
  }
  /// Behind the token `first` and before the token `then`.
  [[nodiscard]] bool newline_between(size_t first, size_t then) const {
    return text_.substr(end(first), begin(then) - end(first)).find('\n') != std::string_view::npos;
  }
  [[nodiscard]] size_t size() const { return tokens_->size(); }
  [[nodiscard]] std::string_view source() const { return text_; }

 private:
  /// The last one behind the end.
  [[nodiscard]] const parse::FlowToken& at(size_t index) const {
    return (*tokens_)[index < tokens_->size() ? index : tokens_->size() - 1];
  }

  std::string_view text_;
  const std::vector<parse::FlowToken>* tokens_;
  std::vector<uint32_t> comments_;  ///< before the tokens below an index
  std::vector<uint32_t> closing_;   ///< by index
};

}  // namespace pflow::format
