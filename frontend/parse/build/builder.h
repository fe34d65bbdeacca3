/// What building the tree of one file shares: the source, the arena, the reports, and
/// the two rules that all others lead to. What builds is free functions over it, a file
/// a family of rules. A context is gone after the next rule is parsed; the AST keeps
/// nothing of it.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "FlowParser.h"
#include "frontend/ast/ast.h"
#include "frontend/parse/build/unquoted_actions.h"
#include "frontend/parse/parse_ids.h"
#include "frontend/parse/reports.h"
#include "frontend/parse/tokens.h"
#include "support/interner.h"

namespace pflow::parse {

class Builder;

/// Strings hold expressions, expressions hold blocks: what a rule may contain of any
/// kind it builds through these. `exprs.h` and `statements.h` have them.
struct BuildRules {
  const ast::Expr* (*expr)(Builder&, FlowParser::ExprContext&);
  ast::Statement* (*statement)(Builder&, FlowParser::StatementContext&);
};

[[nodiscard]] inline TokenType type_of(const antlr4::Token& token) {
  return static_cast<const FlowToken&>(token).type();
}

class Builder {
 public:
  Builder(std::string_view source, Arena& arena, Interner& names, Reports& reports, ParseIds& ids,
          const Lexed& lexed, const BuildRules& rules)
      : source(source),
        arena(arena),
        names(names),
        reports(reports),
        ids(ids),
        lexed(lexed),
        rules_(rules) {}

  const std::string_view source;
  Arena& arena;
  Interner& names;
  Reports& reports;
  ParseIds& ids;
  const Lexed& lexed;
  bool in_test = false;
  size_t open_bodies = 0;  ///< blocks around the statement, beside that of its flow

  const ast::Expr* expr(FlowParser::ExprContext& context) { return rules_.expr(*this, context); }
  /// Null when it was reported and nothing of it is left.
  ast::Statement* statement(FlowParser::StatementContext& context) {
    return rules_.statement(*this, context);
  }

  [[nodiscard]] Span span(const antlr4::Token& token) const {
    const auto& flow = static_cast<const FlowToken&>(token);
    return reports.span(flow.begin(), flow.end());
  }
  [[nodiscard]] Span span(const antlr4::ParserRuleContext& context) const {
    return join(span(*context.start), span(*context.stop));
  }
  [[nodiscard]] std::string_view text(Span span) const {
    return source.substr(span.begin, span.end - span.begin);
  }

  template <typename T, typename... Args>
  T* make(ast::ExprKind kind, Span span, Args&&... args) {
    return arena.make<T>(ast::Expr{kind, ast::ExprId(ids.next_expr++), span},
                         std::forward<Args>(args)...);
  }
  const ast::Expr* error_expr(Span span) {
    return make<ast::ErrorExpr>(ast::ExprKind::Error, span);
  }
  /// A copy of the text that lives as long as the tree.
  std::string_view keep(const std::string& text);

  /// Counts levels of the tree above what is built next; false when reported: later
  /// phases walk the tree by recursion.
  bool enter(size_t levels, Span begin);
  void leave(size_t levels) { height_ -= levels; }

  std::unordered_set<Symbol> import_names;  ///< `notes.f` is one name where `notes` is one
  std::vector<const ast::Statement*> entry_statements;  ///< made of entries, of open blocks
  UnquotedActions unquoted_actions;                     ///< of the flow in hand

 private:
  BuildRules rules_;
  size_t height_ = 0;  ///< operators above the expression being built
};

}  // namespace pflow::parse
