/// Turns the place where a rule ended early into a message in the user's words.
#pragma once

#include <string_view>

#include "frontend/parse/reports.h"
#include "frontend/parse/statement_parser.h"
#include "frontend/parse/tokens.h"

namespace pflow::parse {

class SyntaxReports {
 public:
  SyntaxReports(std::string_view text, const Lexed& lexed, Reports& reports)
      : text_(text), lexed_(&lexed), reports_(&reports) {}

  /// Reports `failure` of a statement or item that begins at the token `begin`;
  /// silent where the lexer has reported something in between.
  void report(const SyntaxFailure& failure, uint32_t begin);

 private:
  bool report_habit(const SyntaxFailure& failure, uint32_t begin);
  bool report_brace_on_next_line(const SyntaxFailure& failure);
  bool report_form(const SyntaxFailure& failure);
  void separated(DiagnosticBuilder& report, const SyntaxFailure& failure, uint32_t begin) const;
  void report_unexpected(const SyntaxFailure& failure, uint32_t begin);
  [[nodiscard]] std::string expected(const SyntaxFailure& failure) const;
  [[nodiscard]] std::string describe(const FlowToken& token) const;

  [[nodiscard]] const FlowToken& token(uint32_t index) const {
    return lexed_->tokens[index < lexed_->tokens.size() ? index : lexed_->tokens.size() - 1];
  }
  [[nodiscard]] std::string_view text(const FlowToken& token) const {
    return text_.substr(token.begin(), token.end() - token.begin());
  }
  [[nodiscard]] Span span(const FlowToken& token) const {
    return reports_->span(token.begin(), token.end());
  }

  std::string_view text_;
  const Lexed* lexed_;
  Reports* reports_;
};

}  // namespace pflow::parse
