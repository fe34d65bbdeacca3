/// Writes the lines of a printed tree; the families of nodes are in
/// print_exprs.cpp, print_statements.cpp and print_decls.cpp.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "frontend/ast/ast.h"

namespace pflow::ast {

class Printer {
 public:
  /// With `places`, each node's line ends in its place.
  Printer(const Interner& names, const SourceMap* places) : names_(&names), places_(places) {}

  void file(const File& file);
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  /// Indents what is printed while it lives.
  class Indent {
   public:
    explicit Indent(Printer& printer) : depth_(&printer.depth_) { ++*depth_; }
    ~Indent() { --*depth_; }
    Indent(const Indent&) = delete;
    Indent& operator=(const Indent&) = delete;

   private:
    size_t* depth_;
  };

  // ---- printer.cpp
  void line(std::string_view text, Span place = {});
  void doc(std::string_view text);
  [[nodiscard]] std::string_view name(Symbol symbol) const;
  static std::string quoted(std::string_view text);

  // ---- print_decls.cpp
  void decl(const Decl& decl);
  void ports(std::string_view word, std::span<const Port> ports);
  void attributes(const Attributes& attributes);
  void schema_field(const SchemaField& field);
  void foreign(const Foreign& foreign);
  void tag(std::string_view word, const Tag& tag);
  void import(const Import& import);
  [[nodiscard]] std::string type_params(const ExternDecl& decl) const;
  [[nodiscard]] std::string named_type(const TypeExpr& type) const;
  [[nodiscard]] std::string type(const TypeExpr& type) const;

  // ---- print_statements.cpp
  void block(const Block& block);
  void statement(const Statement& statement);
  void chain(const Chain& chain);
  void stage(const Stage& stage);
  void stage_form(const Stage& stage);
  void labelled_block(std::string_view word, const Block* block);
  void suffixes(const Stage& stage);
  void repeat(const RepeatForm& form);
  void let(const LetBinding& binding);

  // ---- print_exprs.cpp
  void expr(const Expr& expr);
  void operators(const Expr& expr);
  void labelled(std::string_view word, const Expr* expr);
  void template_parts(const TemplateExpr& expr);
  void call(const CallExpr& expr);
  void block_expr(const BlockExpr& expr);
  void record(const RecordExpr& expr);
  void map(const MapExpr& expr);
  void match(const MatchExpr& expr);
  [[nodiscard]] std::string patterns(std::span<const Pattern> patterns) const;
  [[nodiscard]] std::string pattern(const Pattern& pattern) const;

  const Interner* names_;
  const SourceMap* places_;
  std::string out_;
  size_t depth_ = 0;
};

}  // namespace pflow::ast
