/// The tokens of a file as those who explain a syntax error look at them.
#pragma once

#include <string_view>

#include "frontend/parse/reports.h"
#include "frontend/parse/tokens.h"

namespace pflow::parse {

class TokenView {
 public:
  TokenView(std::string_view text, const Lexed& lexed, Reports& reports)
      : text_(text), lexed_(&lexed), reports_(&reports) {}

  /// The last one behind the end.
  [[nodiscard]] const FlowToken& at(size_t index) const {
    return lexed_->tokens[index < lexed_->tokens.size() ? index : lexed_->tokens.size() - 1];
  }
  [[nodiscard]] TokenType type(size_t index) const { return at(index).type(); }
  [[nodiscard]] std::string_view text(size_t index) const {
    return text_.substr(at(index).begin(), at(index).end() - at(index).begin());
  }
  [[nodiscard]] Span span(size_t index) const {
    return reports_->span(at(index).begin(), at(index).end());
  }
  /// The place where it begins.
  [[nodiscard]] Span before(size_t index) const {
    return reports_->span(at(index).begin(), at(index).begin());
  }
  /// From the token `first` to before the token `end`.
  [[nodiscard]] Span span(size_t first, size_t end) const {
    return reports_->span(at(first).begin(), at(end - 1).end());
  }
  [[nodiscard]] std::string_view text(Span span) const {
    return text_.substr(span.begin, span.end - span.begin);
  }
  [[nodiscard]] std::string_view text(size_t first, size_t end) const {
    return text(span(first, end));
  }
  [[nodiscard]] std::string_view source() const { return text_; }
  [[nodiscard]] Reports& reports() const { return *reports_; }
  [[nodiscard]] const std::vector<uint32_t>& mistakes() const { return lexed_->mistakes; }

  /// Whether nothing stands between the token and the one before it.
  [[nodiscard]] bool touches_previous(size_t index) const {
    return index > 0 && at(index - 1).end() == at(index).begin();
  }
  [[nodiscard]] bool is_word(size_t index) const {
    TokenType found = type(index);
    return found == FlowParser::NAME || found == FlowParser::UNAME ||
           (found >= FlowParser::FLOW && found <= FlowParser::ASSERT);
  }

 private:
  std::string_view text_;
  const Lexed* lexed_;
  Reports* reports_;
};

}  // namespace pflow::parse
