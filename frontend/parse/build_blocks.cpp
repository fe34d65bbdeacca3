#include "frontend/parse/build.h"

namespace pflow::parse {

namespace {

using Tok = FlowParser;
using ast::ExprKind;
using Statement = FlowParser::StatementContext;

bool is_let(const Statement& statement) { return statement.name != nullptr; }

/// A statement that is nothing but an expression.
bool is_value(const Statement& statement) {
  return statement.stages.size() == 1 && statement.op == nullptr && statement.colon == nullptr &&
         statement.label == nullptr && statement.stages[0]->value != nullptr &&
         statement.stages[0]->suffixes.empty();
}

bool is_mistaken_record(const Statement& statement) {
  return statement.colon != nullptr || statement.spread != nullptr;
}

std::string_view describe(const Statement& statement) {
  if (statement.ret != nullptr) return "`return`";
  if (statement.label != nullptr) return "a transition";
  if (statement.op != nullptr) return "an assignment";
  if (statement.stages.size() == 1 && statement.stages[0]->end != nullptr) return "`end`";
  if (is_value(statement)) return "another value";
  return "a chain";
}

}  // namespace

void Builder::add_to_block(ValueBlock& block, Statement& context, BlockRole role) {
  if (is_mistaken_record(context)) {
    block.failed = true;
    return record_without_type(context);
  }
  bool late_let = is_let(context) && block.value != nullptr;
  if (is_let(context) && !late_let) {
    block.lets.push_back(let_binding(context));
    return;
  }
  if (is_value(context) && block.value == nullptr) {
    block.value = expr(*context.stages[0]->value);
    return;
  }
  if (block.failed) return;
  block.failed = true;
  if (role == BlockRole::Branch) {
    reports_->report(diag::later_edition, span(context), "an `if` with statements in it")
        .label(fmt::format("{} in a branch", late_let ? "a second statement" : describe(context)))
        .help("here `if` is an expression: each branch gives one value");
    return;
  }
  auto report = reports_->report(diag::statement_in_expression, span(context),
                                 late_let ? "a `let` after the value" : describe(context));
  report.label("does not stand here");
  if (role == BlockRole::Function)
    report.help("use a `flow` for stages and assignments");
  else
    report.help("stages stand in a flow's body, or in a `{ }` that is a stage");
}

const ast::Expr* Builder::end_block(ValueBlock& block, Span span) {
  if (block.value == nullptr && !block.failed) {
    block.failed = true;
    Span close{span.file, span.end > 0 ? span.end - 1 : 0, span.end};
    reports_->report(diag::block_without_value, close)
        .label("expected a value before this")
        .help("end the block with an expression");
  }
  const ast::Expr* value = block.failed ? error_expr(span) : block.value;
  return make<ast::BlockExpr>(ExprKind::Block, span,
                              std::span<const ast::LetBinding>(arena_->copy(block.lets)), value);
}

const ast::Expr* Builder::block_expr(FlowParser::BlockContext& context, BlockRole role) {
  if (is_record_copy(context)) return record_copy(*context.statements[0], span(context));
  ValueBlock block;
  for (auto* each : context.statements) add_to_block(block, *each, role);
  return end_block(block, span(context));
}

/// `else if` nests: each further arm is a block that holds one `if`. Built from
/// the last arm on, since there may be many.
const ast::Expr* Builder::if_expr(FlowParser::IfExprContext& context) {
  size_t arms = context.conditions.size();
  Span whole = span(context);
  if (!enter(arms, whole)) return error_expr(whole);
  const ast::Expr* otherwise =
      context.otherwise != nullptr ? block_expr(*context.otherwise, BlockRole::Branch) : nullptr;
  for (size_t i = arms; i > 0; --i) {
    Span place = whole;
    if (i > 1) place.begin = span(*context.conditions[i - 1]).begin;
    const ast::Expr* condition = expr(*context.conditions[i - 1]);
    const ast::Expr* then = block_expr(*context.thens[i - 1], BlockRole::Branch);
    otherwise = make<ast::IfExpr>(ExprKind::If, place, condition, then, otherwise);
    if (i > 1)
      otherwise = make<ast::BlockExpr>(ExprKind::Block, place, std::span<const ast::LetBinding>(),
                                       otherwise);
  }
  leave(arms);
  return otherwise;
}

}  // namespace pflow::parse
