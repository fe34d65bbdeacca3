/// Templates of type `sql`: interpolations are bound as parameters, so each stands
/// where a value of the query may.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// What SQL text stands in: where an interpolation would not be a parameter.
enum class SqlContext : uint8_t { Plain, Text, Identifier, LineComment, BlockComment };

/// Follows SQL text, piece by piece.
class SqlScanner {
 public:
  void text(std::string_view text);
  [[nodiscard]] SqlContext context() const { return context_; }

 private:
  void plain(char c, char next);
  SqlContext context_ = SqlContext::Plain;
  char closer_ = 0;  ///< of Text and Identifier
  bool skip_ = false;
};

/// Checks a query and its holes. The type `sql`.
ir::TypeId check_sql_template(Env& env, const ast::TemplateExpr& expr);

}  // namespace pflow::sema
