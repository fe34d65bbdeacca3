/// Parse contexts to AST: one typed function a rule, one file a family of rules.
/// A context is gone after the next rule is parsed; the AST keeps nothing of it.
#pragma once

#include <string_view>
#include <vector>

#include "FlowParser.h"
#include "frontend/ast/ast.h"
#include "frontend/parse/parse.h"
#include "frontend/parse/reports.h"
#include "frontend/parse/tokens.h"

namespace pflow::parse {

class Builder {
 public:
  Builder(std::string_view text, Arena& arena, Interner& names, Reports& reports, ParseIds& ids,
          const Lexed& lexed)
      : text_(text),
        arena_(&arena),
        names_(&names),
        reports_(&reports),
        ids_(&ids),
        lexed_(&lexed) {}

  // ---- build_decls.cpp
  ast::FlowDecl* flow_head(FlowParser::FlowHeadContext& context);
  ast::NodeDecl* node_head(FlowParser::NodeHeadContext& context);
  ast::ExternDecl* extern_decl(FlowParser::ExternDeclContext& context);
  ast::SchemaDecl* schema_decl(FlowParser::SchemaDeclContext& context);
  ast::AliasDecl* alias_decl(FlowParser::AliasDeclContext& context);
  ast::FlowDecl* bare_flow(ast::ChainStatement& chain, std::string_view doc);

  // ---- build_statements.cpp
  /// Null when it was reported and nothing of it is left.
  ast::Statement* statement(FlowParser::StatementContext& context);
  const ast::Block* block(std::vector<ast::Statement*>& statements, Span span);
  /// Reports `label - word >> …` in the flow that has just been built.
  void end_of_flow();

  // ---- build_blocks.cpp: blocks inside expressions
  /// Collects a function node's body statement by statement; `let`s, then a value.
  struct ValueBlock {
    std::vector<ast::LetBinding> lets;
    const ast::Expr* value = nullptr;
    bool failed = false;
  };
  enum class BlockRole : uint8_t { Expression, Branch, Function };
  void add_to_block(ValueBlock& block, FlowParser::StatementContext& context, BlockRole role);
  const ast::Expr* end_block(ValueBlock& block, Span span);

  // ---- build_exprs.cpp
  const ast::Expr* expr(FlowParser::ExprContext& context);
  const ast::Expr* error_expr(Span span) {
    return make<ast::ErrorExpr>(ast::ExprKind::Error, span);
  }

  [[nodiscard]] std::string_view doc_of(const antlr4::Token& first) const;

 private:
  friend class TemplateText;

  // ---- build_decls.cpp
  std::span<const ast::Port> ports(FlowParser::PortsContext& context, bool inputs, bool any_word);
  ast::Port port(FlowParser::PortContext& context, bool inputs, bool any_word);
  std::span<const ast::Port> flow_results(FlowParser::FlowResultsContext& context);
  ast::Port flow_result_type(FlowParser::TypeExprContext& context);
  std::span<const ast::Port> node_outputs(FlowParser::NodeOutputsContext& context);
  void attribute(FlowParser::AttributeContext& context, ast::ExternDecl& decl);
  void effects(FlowParser::AttributeContext& context, ast::Attributes& attributes);
  ast::SchemaField schema_field(FlowParser::SchemaFieldContext& context);
  void check_field_separators(FlowParser::SchemaDeclContext& context);

  // ---- build_types.cpp
  ast::TypeExpr* type(FlowParser::TypeExprContext& context);
  ast::TypeExpr* type_postfix(FlowParser::TypePostfixContext& context);
  ast::TypeExpr* type_atom(FlowParser::TypeAtomContext& context);
  ast::TypeExpr* make_type(ast::TypeExprKind kind, Span span,
                           const std::vector<ast::TypeExpr*>& parts);
  ast::TypeExpr* type_argument(FlowParser::ExprContext& context);

  // ---- build_statements.cpp
  ast::Statement* let_statement(FlowParser::StatementContext& context);
  ast::Statement* return_statement(FlowParser::StatementContext& context);
  ast::Statement* transition(FlowParser::StatementContext& context);
  ast::Statement* assignment(FlowParser::StatementContext& context);
  ast::Statement* chain_statement(FlowParser::StatementContext& context);
  ast::LetBinding let_binding(FlowParser::StatementContext& context);
  void record_without_type(FlowParser::StatementContext& context);
  bool chain_as_value(FlowParser::StatementContext& context);
  void note_unquoted_action(FlowParser::StatementContext& context, ast::Stage& first);

  // ---- build_stages.cpp
  ast::Chain chain(const std::vector<FlowParser::StageContext*>& stages,
                   const std::vector<FlowParser::ChainOpContext*>& operators, Span span);
  ast::Stage* stage(FlowParser::StageContext& context);
  void suffixes(const std::vector<FlowParser::SuffixContext*>& list, ast::Stage& stage);
  void with_suffix(FlowParser::SuffixContext& context, ast::Stage& stage);
  void arrow_suffix(FlowParser::SuffixContext& context, ast::Stage& stage);
  bool check_suffix_order(const std::vector<FlowParser::SuffixContext*>& list);
  const ast::Block* block_stage(FlowParser::BlockContext& context);
  static bool is_record_copy(FlowParser::BlockContext& context);

  // ---- build_blocks.cpp
  const ast::Expr* block_expr(FlowParser::BlockContext& context, BlockRole role);
  const ast::Expr* if_expr(FlowParser::IfExprContext& context);

  // ---- build_exprs.cpp
  /// Counts levels of the tree above what is built next; false when reported.
  bool enter(size_t levels, Span begin);
  void leave(size_t levels) { height_ -= levels; }
  const ast::Expr* operand(FlowParser::ExprContext& context);
  const ast::Expr* unary(FlowParser::ExprContext& context);
  const ast::Expr* binary(const ast::Expr* left, FlowParser::ExprContext& context);
  const ast::Expr* postfix(const ast::Expr* base, FlowParser::ExprContext& context);
  const ast::Expr* subscript(const ast::Expr* base, FlowParser::ExprContext& context);
  const ast::Expr* call(const ast::Expr* callee, FlowParser::ExprContext& context);
  const ast::Expr* lambda(FlowParser::ExprContext& context);
  const ast::Expr* primary(FlowParser::PrimaryContext& context);
  const ast::Expr* record(FlowParser::PrimaryContext& context);
  const ast::Expr* record_copy(FlowParser::StatementContext& context, Span span);
  ast::FieldInit record_field(FlowParser::RecordEntryContext& context);
  ast::Argument argument(FlowParser::ArgumentContext& context, bool after_named);

  // ---- build_literals.cpp
  const ast::Expr* literal(const antlr4::Token& token);
  const ast::Expr* int_literal(Span span, bool negated);
  const ast::Expr* float_literal(Span span);
  const ast::Expr* duration_literal(Span span);
  const ast::Expr* text_literal(FlowParser::TextLiteralContext& context);
  /// The decoded text of a string that may hold no interpolation.
  std::string_view plain_text(FlowParser::TextLiteralContext& context);

  // ---- names.cpp
  ast::Name name(const antlr4::Token& token);
  ast::Name any_name(FlowParser::WordContext& context);
  /// A name that may not be a reserved word; `what` it names is for the report.
  ast::Name own_name(FlowParser::WordContext& context, std::string_view what);

  [[nodiscard]] Span span(const antlr4::Token& token) const {
    const auto& flow = static_cast<const FlowToken&>(token);
    return reports_->span(flow.begin(), flow.end());
  }
  [[nodiscard]] Span span(const antlr4::ParserRuleContext& context) const {
    return join(span(*context.start), span(*context.stop));
  }
  [[nodiscard]] std::string_view text(Span span) const {
    return text_.substr(span.begin, span.end - span.begin);
  }
  [[nodiscard]] static TokenType type_of(const antlr4::Token& token) {
    return static_cast<const FlowToken&>(token).type();
  }

  template <typename T, typename... Args>
  T* make(ast::ExprKind kind, Span span, Args&&... args) {
    return arena_->make<T>(ast::Expr{kind, ast::ExprId(ids_->next_expr++), span},
                           std::forward<Args>(args)...);
  }
  std::string_view keep(const std::string& text) {
    auto kept = arena_->copy(std::vector<char>(text.begin(), text.end()));
    return {kept.data(), kept.size()};
  }

  /// `label - word >> …`: a mistake if `label` turns out to be one.
  struct UnquotedAction {
    Symbol label;
    Span action;
    ast::Stage* stage;
  };

  std::string_view text_;
  Arena* arena_;
  Interner* names_;
  Reports* reports_;
  ParseIds* ids_;
  const Lexed* lexed_;
  size_t height_ = 0;  ///< operators above the expression being built
  std::vector<UnquotedAction> unquoted_actions_;
  std::vector<Symbol> labels_;
};

}  // namespace pflow::parse
