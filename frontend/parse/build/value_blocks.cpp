#include "frontend/parse/build/value_blocks.h"

#include "frontend/parse/build/entries.h"
#include "frontend/parse/build/lets.h"
#include "frontend/parse/build/shapes.h"

namespace pflow::parse {

namespace {

using ast::ExprKind;

bool is_let(const FlowParser::StatementContext& statement) { return statement.name != nullptr; }

}  // namespace

void add_to_block(Builder& b, ValueBlock& block, FlowParser::StatementContext& context,
                  BlockRole role) {
  bool alone = block.lets.empty() && block.value == nullptr;
  if (has_entries(context) && (alone || context.spread == nullptr)) {
    const ast::Expr* made = build_entries(b, context, b.span(context));
    block.failed |= made->kind == ExprKind::Error;
    if (alone) {
      block.value = made;
      block.entries = true;
      return;
    }
    if (made->kind == ExprKind::Error) return;
  }
  bool late_let = is_let(context) && block.value != nullptr;
  if (is_let(context) && !late_let) {
    block.lets.push_back(let_binding(b, context));
    return;
  }
  FlowParser::ExprContext* value = lone_value(context);
  if (value != nullptr && block.value == nullptr) {
    block.value = b.expr(*value);
    return;
  }
  if (block.failed) return;
  block.failed = true;
  if (block.entries || has_entries(context)) {
    b.reports.report(diag::entries_beside_statements, b.span(context))
        .label(has_entries(context) ? "an entry" : "not an entry")
        .help("entries are separated by `,`; a map after a `let` has braces of its own");
    return;
  }
  auto report = b.reports.report(diag::statement_in_expression, b.span(context),
                                 late_let ? "a `let` after the value" : describe(context));
  report.label("does not stand here");
  if (context.ret != nullptr && context.value != nullptr && context.tail == nullptr)
    report.help(role == BlockRole::Function
                    ? "a function node gives its last expression: leave `return` out"
                    : "a block gives its last expression: leave `return` out",
                {{b.span(context).file, b.span(context).begin, b.span(*context.value).begin}, ""});
  else if (role == BlockRole::Function)
    report.help("use a `flow` for stages and assignments");
  else if (role == BlockRole::Branch)
    report.help(
        "inside an expression a branch gives one value; as a stage of its own, an `if` may "
        "hold statements");
  else
    report.help("stages stand in a flow's body, or in a `{ }` that is a stage");
}

const ast::Expr* end_block(Builder& b, ValueBlock& block, Span span, BlockRole role) {
  if (block.value == nullptr && !block.failed) {
    block.failed = true;
    Span close{span.file, span.end > 0 ? span.end - 1 : 0, span.end};
    auto report = b.reports.report(diag::block_without_value, close);
    report.label("expected a value before this");
    report.help("end the block with an expression");
    if (role != BlockRole::Expression && block.lets.empty())
      report.help("`{}` is an empty body here; the empty map is `{ {} }`");
  }
  const ast::Expr* value = block.failed ? b.error_expr(span) : block.value;
  return b.make<ast::BlockExpr>(ExprKind::Block, span,
                                std::span<const ast::LetBinding>(b.arena.copy(block.lets)), value);
}

const ast::Expr* block_expr(Builder& b, FlowParser::BlockContext& context, BlockRole role) {
  // As the body of a branch, entries are its value.
  if (braces_of(context) == Braces::Entries)
    return build_entries(b, *context.statements[0], b.span(context));
  ValueBlock block;
  for (auto* each : context.statements) add_to_block(b, block, *each, role);
  return end_block(b, block, b.span(context), role);
}

/// `else if` nests: each further arm is a block that holds one `if`. Built from
/// the last arm on, since there may be many.
const ast::Expr* if_expr(Builder& b, FlowParser::IfExprContext& context) {
  size_t arms = context.conditions.size();
  Span whole = b.span(context);
  if (!b.enter(arms, whole)) return b.error_expr(whole);
  const ast::Expr* otherwise =
      context.otherwise != nullptr ? block_expr(b, *context.otherwise, BlockRole::Branch) : nullptr;
  for (size_t i = arms; i > 0; --i) {
    Span place = whole;
    if (i > 1) place.begin = b.span(*context.conditions[i - 1]).begin;
    const ast::Expr* condition = b.expr(*context.conditions[i - 1]);
    const ast::Expr* then = block_expr(b, *context.thens[i - 1], BlockRole::Branch);
    otherwise = b.make<ast::IfExpr>(ExprKind::If, place, condition, then, otherwise);
    if (i > 1)
      otherwise = b.make<ast::BlockExpr>(ExprKind::Block, place, std::span<const ast::LetBinding>(),
                                         otherwise);
  }
  b.leave(arms);
  return otherwise;
}

}  // namespace pflow::parse
