/// Literal text that every match of a regular expression holds: looking for it first is
/// much cheaper than running the expression.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pf_text {

class RequiredLiterals {
 public:
  RequiredLiterals() = default;
  /// Of a well-formed expression in RE2's syntax. What is not plainly a sequence at its
  /// top level has none.
  explicit RequiredLiterals(std::string_view pattern);

  /// False when `text` cannot match: a literal is missing, or they stand in another order.
  [[nodiscard]] bool may_match(std::string_view text) const;
  [[nodiscard]] size_t size() const { return literals_.size(); }
  [[nodiscard]] const std::string& operator[](size_t i) const { return literals_[i].text; }

 private:
  struct Literal {
    std::string text;
    size_t anchor;  ///< its byte that texts hold most rarely
  };
  std::vector<Literal> literals_;
};

}  // namespace pf_text
