/// Parse contexts to AST: one typed function a rule, one file a family of rules.
/// A context is gone after the next rule is parsed; the AST keeps nothing of it.
#pragma once

#include <string_view>
#include <unordered_set>
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

  // ---- build_modules.cpp
  /// The head of a test; its body is built like a flow's.
  ast::TestDecl* test_head(FlowParser::TestHeadContext& context);
  ast::Import import_decl(FlowParser::ImportDeclContext& context);
  /// `notes.f` is one name from now on, where `notes` is the token.
  void add_import_name(const FlowToken& token);

  // ---- build_statements.cpp
  /// Null when it was reported and nothing of it is left.
  ast::Statement* statement(FlowParser::StatementContext& context);
  /// Reports `label - word >> …` in the flow that has just been built.
  void end_of_flow();

  // ---- build_stages.cpp
  const ast::Block* block(std::vector<ast::Statement*>& statements, Span span);

  // ---- build_blocks.cpp: blocks inside expressions
  /// Collects a function node's body statement by statement; `let`s, then a value.
  struct ValueBlock {
    std::vector<ast::LetBinding> lets;
    const ast::Expr* value = nullptr;
    bool entries = false;  ///< the value is a map without braces of its own
    bool failed = false;
  };
  enum class BlockRole : uint8_t { Expression, Branch, Function };
  void add_to_block(ValueBlock& block, FlowParser::StatementContext& context, BlockRole role);
  const ast::Expr* end_block(ValueBlock& block, Span span, BlockRole role);

  // ---- build_exprs.cpp
  const ast::Expr* expr(FlowParser::ExprContext& context);
  const ast::Expr* error_expr(Span span) {
    return make<ast::ErrorExpr>(ast::ExprKind::Error, span);
  }

  // ---- names.cpp
  [[nodiscard]] std::string_view doc_of(const antlr4::Token& first) const;

 private:
  friend class TemplateText;

  // ---- build_decls.cpp
  /// Where ports stand.
  struct PortRole {
    bool inputs;
    bool native;  ///< of an `extern node`: reserved words name ports, too
    bool any_word = native;
  };
  void retries(FlowParser::AttributeContext& context, ast::Attributes& attributes);
  std::span<const ast::Port> flow_results(FlowParser::FlowResultsContext& context);
  ast::Port flow_result_type(FlowParser::TypeExprContext& context);
  std::span<const ast::Port> node_outputs(FlowParser::NodeOutputsContext& context);
  void attribute(FlowParser::AttributeContext& context, ast::ExternDecl& decl);
  void effects(FlowParser::AttributeContext& context, ast::Attributes& attributes);
  ast::SchemaField schema_field(FlowParser::SchemaFieldContext& context);
  void check_field_separators(FlowParser::SchemaDeclContext& context);

  // ---- build_ports.cpp
  std::span<const ast::Port> ports(FlowParser::PortsContext& context, PortRole role);
  ast::Port port(FlowParser::PortContext& context, PortRole role);
  void port_mark(const antlr4::Token& mark, ast::Port& port, PortRole role);
  /// `kind` stands before the type: `type`, or a mistake.
  void type_port(FlowParser::PortContext& context, ast::Port& port, PortRole role);
  std::span<const ast::Name> type_params(FlowParser::TypeParamsContext* context);
  void no_type_params(FlowParser::TypeParamsContext* context);

  // ---- build_types.cpp
  ast::TypeExpr* type(FlowParser::TypeExprContext& context);
  ast::TypeExpr* type_postfix(FlowParser::TypePostfixContext& context);
  ast::TypeExpr* type_atom(FlowParser::TypeAtomContext& context);
  ast::TypeExpr* make_type(ast::TypeExprKind kind, Span span,
                           const std::vector<ast::TypeExpr*>& parts);
  ast::TypeExpr* named_type(Span span, const antlr4::Token* module, const antlr4::Token& name,
                            const std::vector<ast::TypeExpr*>& parts);
  /// What was read as an expression, as a type; null when it is none. `str` and
  /// `[str]` look the same both ways, and are types only with `words`.
  ast::TypeExpr* type_of_expr(FlowParser::ExprContext& context, bool words);

  // ---- build_statements.cpp
  ast::Statement* let_statement(FlowParser::StatementContext& context);
  ast::Statement* return_statement(FlowParser::StatementContext& context);
  ast::Statement* transition(FlowParser::StatementContext& context);
  ast::Statement* assignment(FlowParser::StatementContext& context);
  ast::Statement* chain_statement(FlowParser::StatementContext& context);
  ast::LetBinding let_binding(FlowParser::StatementContext& context);
  ast::Statement* on_error(FlowParser::StatementContext& context);
  ast::Statement* assertion(FlowParser::StatementContext& context);
  bool chain_as_value(FlowParser::StatementContext& context);
  void note_unquoted_action(FlowParser::StatementContext& context, ast::Stage& first);
  /// The name that an expression consists of, or null.
  static const antlr4::Token* lone_name(const FlowParser::ExprContext* expr);

  // ---- build_stages.cpp
  ast::Chain chain(const std::vector<FlowParser::StageContext*>& stages,
                   const std::vector<FlowParser::ChainOpContext*>& operators, Span span);
  ast::Stage* stage(FlowParser::StageContext& context, bool first);
  void stage_form(FlowParser::StageContext& context, bool first, ast::Stage& stage);
  void suffixes(const std::vector<FlowParser::SuffixContext*>& list, ast::Stage& stage);
  void policies(FlowParser::PoliciesContext& context, ast::Stage& stage);
  bool check_policies_place(FlowParser::StageContext& context);
  void arrow_suffix(FlowParser::SuffixContext& context, ast::Stage& stage);
  bool check_suffix_order(const std::vector<FlowParser::SuffixContext*>& list);
  const ast::Block* body(FlowParser::BlockContext& context);
  /// What stands between braces, by its look.
  enum class Braces : uint8_t { Empty, Entries, Statements };

  // ---- build_entries.cpp: maps, copies of records
  static Braces braces_of(const FlowParser::BlockContext& context);
  const ast::Expr* entries(FlowParser::StatementContext& context, Span span);
  ast::Statement* entries_statement(FlowParser::StatementContext& context);
  const ast::Expr* copy(FlowParser::StatementContext& context, Span span);
  const ast::Expr* map(FlowParser::StatementContext& context, const ast::Expr* spread, Span span);
  bool same_entries(FlowParser::StatementContext& context);
  void record_without_type(FlowParser::StatementContext& context);
  void check_entries_alone(const std::vector<ast::Statement*>& statements);
  /// The string that an expression consists of, or null.
  static FlowParser::TextLiteralContext* lone_text(FlowParser::ExprContext* expr);

  // ---- build_forms.cpp: stages with bodies
  const ast::EachForm* each_form(FlowParser::EachFormContext& context, bool first);
  const ast::RepeatForm* repeat_form(FlowParser::RepeatFormContext& context);
  const ast::IfForm* if_form(FlowParser::IfExprContext& context);
  const ast::MatchForm* match_form(FlowParser::MatchExprContext& context);
  const ast::Block* arm_body(FlowParser::StatementContext& context);

  // ---- build_match.cpp: `match` as an expression, patterns
  const ast::Expr* match_expr(FlowParser::MatchExprContext& context);
  std::span<const ast::Pattern> patterns(FlowParser::MatchArmContext& context);
  ast::Pattern pattern(FlowParser::PatternContext& context);
  int64_t pattern_number(FlowParser::PatternContext& context);
  void check_arm_separators(FlowParser::MatchExprContext& context);
  void report_arm(FlowParser::StatementContext& context, std::string_view wanted);

  // ---- build_blocks.cpp
  const ast::Expr* block_expr(FlowParser::BlockContext& context, BlockRole role);
  const ast::Expr* if_expr(FlowParser::IfExprContext& context);
  /// A stage that is nothing but an expression, without suffixes.
  static FlowParser::ExprContext* lone_value(const FlowParser::StatementContext& statement);
  static std::string_view describe(const FlowParser::StatementContext& statement);

  // ---- build_exprs.cpp
  /// Counts levels of the tree above what is built next; false when reported.
  bool enter(size_t levels, Span begin);
  void leave(size_t levels) { height_ -= levels; }
  const ast::Expr* operand(FlowParser::ExprContext& context);
  const ast::Expr* unary(FlowParser::ExprContext& context);
  const ast::Expr* binary(const ast::Expr* left, FlowParser::ExprContext& context);
  const ast::Expr* postfix(const ast::Expr* base, FlowParser::ExprContext& context);
  const ast::Expr* field(const ast::Expr* base, FlowParser::ExprContext& context);
  const ast::Expr* subscript(const ast::Expr* base, FlowParser::ExprContext& context);
  const ast::Expr* call(const ast::Expr* callee, FlowParser::ExprContext& context);
  const ast::Expr* lambda(FlowParser::ExprContext& context);
  const ast::Expr* primary(FlowParser::PrimaryContext& context);
  const ast::Expr* braces(FlowParser::BlockContext& context);
  const ast::Expr* record(Span span, const antlr4::Token* module, const antlr4::Token& type,
                          FlowParser::RecordBodyContext* body);
  const ast::Expr* imported_record(FlowParser::ExprContext& context);
  ast::FieldInit record_field(FlowParser::RecordEntryContext& context);
  ast::Argument argument(FlowParser::ArgumentContext& context, bool after_named);

  // ---- build_modules.cpp
  ast::Name import_name(FlowParser::WordContext& context);

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
  static const antlr4::Token& token_of(FlowParser::WordContext& context);
  ast::Name any_name(FlowParser::WordContext& context);
  /// A name that may not be a reserved word; `what` it names is for the report.
  ast::Name own_name(FlowParser::WordContext& context, std::string_view what);

  // ---- inline
  /// `...e, f: v`, `"k": v`: what a map or a copy is made of.
  static bool has_entries(const FlowParser::StatementContext& statement) {
    return statement.colon != nullptr || statement.spread != nullptr;
  }
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
  std::vector<const ast::Statement*> entries_;  ///< statements made of entries, of open blocks
  size_t height_ = 0;                           ///< operators above the expression being built
  std::vector<UnquotedAction> unquoted_actions_;
  std::vector<Symbol> labels_;
  std::unordered_set<Symbol> import_names_;
};

}  // namespace pflow::parse
