#include "frontend/parse/build.h"

namespace pflow::parse {

namespace {

using ast::ExprKind;
using Statement = FlowParser::StatementContext;

bool is_let(const Statement& statement) { return statement.name != nullptr; }

}  // namespace

FlowParser::ExprContext* Builder::lone_value(const Statement& statement) {
  bool one = statement.stages.size() == 1 && statement.op == nullptr &&
             statement.colon == nullptr && statement.label == nullptr;
  return one && statement.stages[0]->suffixes.empty() ? statement.stages[0]->value : nullptr;
}

std::string_view Builder::describe(const Statement& statement) {
  if (statement.name != nullptr) return "a `let`";
  if (statement.ret != nullptr) return "`return`";
  if (statement.label != nullptr) return "a transition";
  if (statement.onError != nullptr) return "`on error`";
  if (statement.test != nullptr) return "`assert`";
  if (statement.op != nullptr) return "an assignment";
  if (has_entries(statement)) return "an entry of a map";
  if (lone_value(statement) != nullptr) return "another value";
  if (statement.stages.size() > 1) return "a chain";
  const FlowParser::StageContext& stage = *statement.stages[0];
  if (stage.end != nullptr) return "`end`";
  if (stage.each != nullptr) return "`each`";
  if (stage.parallel != nullptr) return "`par`";
  if (stage.repeat != nullptr) return "`repeat`";
  return "a stage with suffixes";
}

void Builder::add_to_block(ValueBlock& block, Statement& context, BlockRole role) {
  bool alone = block.lets.empty() && block.value == nullptr;
  if (has_entries(context) && (alone || context.spread == nullptr)) {
    const ast::Expr* made = entries(context, span(context));
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
    block.lets.push_back(let_binding(context));
    return;
  }
  FlowParser::ExprContext* value = lone_value(context);
  if (value != nullptr && block.value == nullptr) {
    block.value = expr(*value);
    return;
  }
  if (block.failed) return;
  block.failed = true;
  if (block.entries || has_entries(context)) {
    reports_->report(diag::entries_beside_statements, span(context))
        .label(has_entries(context) ? "an entry" : "not an entry")
        .help("entries are separated by `,`; a map after a `let` has braces of its own");
    return;
  }
  auto report = reports_->report(diag::statement_in_expression, span(context),
                                 late_let ? "a `let` after the value" : describe(context));
  report.label("does not stand here");
  if (role == BlockRole::Function)
    report.help("use a `flow` for stages and assignments");
  else if (role == BlockRole::Branch)
    report.help(
        "inside an expression a branch gives one value; as a stage of its own, an `if` may "
        "hold statements");
  else
    report.help("stages stand in a flow's body, or in a `{ }` that is a stage");
}

const ast::Expr* Builder::end_block(ValueBlock& block, Span span, BlockRole role) {
  if (block.value == nullptr && !block.failed) {
    block.failed = true;
    Span close{span.file, span.end > 0 ? span.end - 1 : 0, span.end};
    auto report = reports_->report(diag::block_without_value, close);
    report.label("expected a value before this");
    report.help("end the block with an expression");
    if (role != BlockRole::Expression && block.lets.empty())
      report.help("`{}` is an empty body here; the empty map is `{ {} }`");
  }
  const ast::Expr* value = block.failed ? error_expr(span) : block.value;
  return make<ast::BlockExpr>(ExprKind::Block, span,
                              std::span<const ast::LetBinding>(arena_->copy(block.lets)), value);
}

const ast::Expr* Builder::block_expr(FlowParser::BlockContext& context, BlockRole role) {
  // As the body of a branch, entries are its value.
  if (braces_of(context) == Braces::Entries) return entries(*context.statements[0], span(context));
  ValueBlock block;
  for (auto* each : context.statements) add_to_block(block, *each, role);
  return end_block(block, span(context), role);
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
