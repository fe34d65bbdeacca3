#include "frontend/sema/exprs/refused_literals.h"

#include <optional>

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

namespace {

std::optional<int64_t> whole_number(const ast::Expr& expr) {
  if (expr.kind == ast::ExprKind::Int) return ast::as<ast::IntExpr>(expr).value;
  if (expr.kind != ast::ExprKind::Unary) return {};
  const auto& unary = ast::as<ast::UnaryExpr>(expr);
  if (unary.op != ast::UnaryOp::Negate || unary.operand->kind != ast::ExprKind::Int) return {};
  return -ast::as<ast::IntExpr>(*unary.operand).value;
}

/// What standard nodes fail with, as they say it at run time.
struct Bounds {
  std::string_view module, node, port;
  int64_t least, most;
};
constexpr int64_t kAny = INT64_MAX;
constexpr Bounds kBounds[] = {
    {"lists", "take", "count", 0, kAny},       {"lists", "stream_take", "count", 0, kAny},
    {"lists", "drop", "count", 0, kAny},       {"lists", "stream_drop", "count", 0, kAny},
    {"lists", "chunks", "size", 1, kAny},      {"lists", "stream_chunks", "size", 1, kAny},
    {"text", "repeat_text", "count", 0, kAny}, {"numbers", "sqrt", "number", 0, kAny},
    {"data", "pretty_json", "indent", 0, 16},
};

const Bounds* bounds_of(const Context& ctx, const Callable& callable, const PortInfo& port) {
  for (const Bounds& bounds : kBounds)
    if (callable.module == bounds.module && ctx.text(callable.name) == bounds.node &&
        ctx.text(port.name) == bounds.port)
      return &bounds;
  return nullptr;
}

/// The list of `take(-1)` and `drop(-1)`, as it is written; empty when it stands elsewhere.
std::string_view receiver(const Context& ctx, const ast::CallExpr& call) {
  if (call.callee->kind != ast::ExprKind::Field) return {};
  const ast::Expr& base = *ast::as<ast::FieldExpr>(*call.callee).base;
  return base.kind == ast::ExprKind::Name ? ctx.sources.text(base.span) : std::string_view();
}

void help_from_end(DiagnosticBuilder& report, const Context& ctx, const ast::CallExpr& call,
                   const Callable& callable, int64_t count) {
  std::string_view node = ctx.text(callable.name);
  if (node != "take" && node != "drop") return;
  std::string_view list = receiver(ctx, call);
  std::string shown(list.empty() ? "items" : list);
  std::string length = fmt::format("{}.len() - {}", shown, -count);
  std::string made = node == "take" ? fmt::format("{}[:{}]", shown, length)
                                    : fmt::format("{}[{}:]", shown, length);
  std::string what = node == "take" ? fmt::format("all but the last {}: `{}`", -count, made)
                                    : fmt::format("the last {}: `{}`", -count, made);
  if (list.empty())
    report.help(what);
  else
    report.help(what, Edit{call.span, made});
}

void check_argument(Context& ctx, const ast::CallExpr& call, const Callable& callable,
                    const PortInfo& port, const ast::Expr& value) {
  std::optional<int64_t> number = whole_number(value);
  if (!number) return;
  if (callable.module == "lists" && ctx.text(port.name) == "step" && *number == 0) {
    ctx.diagnostics.report(diag::refused_literal, value.span, "`step` is 0")
        .label("the numbers would never end");
    return;
  }
  const Bounds* bounds = bounds_of(ctx, callable, port);
  if (bounds == nullptr || (*number >= bounds->least && *number <= bounds->most)) return;
  auto report = ctx.diagnostics.report(diag::refused_literal, value.span,
                                       fmt::format("`{}` is {}", bounds->port, *number));
  report.label(bounds->most == kAny ? fmt::format("{} or more", bounds->least)
                                    : fmt::format("{} to {}", bounds->least, bounds->most));
  if (*number < 0) help_from_end(report, ctx, call, callable, *number);
}

}  // namespace

void check_index_literal(Context& ctx, const ast::IndexExpr& expr, TypeId base) {
  TypeKind kind = ctx.types.kind(base);
  bool counts = kind == TypeKind::List || kind == TypeKind::Str || kind == TypeKind::Bytes ||
                kind == TypeKind::Union;
  std::optional<int64_t> index = whole_number(*expr.index);
  if (!counts || !index || *index >= 0) return;
  auto report = ctx.diagnostics.report(diag::refused_literal, expr.index->span,
                                       fmt::format("the index is {}", *index));
  report.label("indices count from 0, at the start");
  std::string_view written = ctx.sources.text(expr.base->span);
  bool list = kind == TypeKind::List;
  if (list && *index == -1)
    report.help(fmt::format("`{}.last()` is the last item, `none` where there is none", written));
  else if (list)
    report.help(
        fmt::format("`{0}.get({0}.len() - {1})` is that item, or `none`", written, -*index));
  else
    report.help(fmt::format("the end is `{0}[{0}.len() - {1}:]`", written, -*index));
}

void check_divisor_literal(Context& ctx, const ast::BinaryExpr& expr, TypeId result) {
  bool divides = expr.op == ast::BinaryOp::Div || expr.op == ast::BinaryOp::Rem;
  bool whole = ctx.types.is(result, TypeKind::Int) || ctx.types.is(result, TypeKind::Duration);
  if (!divides || !whole || whole_number(*expr.right) != 0) return;
  ctx.diagnostics.report(diag::refused_literal, expr.right->span, "the divisor is 0")
      .label("no number divides by it");
}

void check_exit_code_literal(Context& ctx, const ast::Expr& code) {
  std::optional<int64_t> number = whole_number(code);
  if (!number || *number == 1 || (*number >= 10 && *number <= 125)) return;
  ctx.diagnostics
      .report(diag::refused_literal, code.span, fmt::format("`exit_code` is {}", *number))
      .label("1, or 10 to 125")
      .note("0 is success, 2 wrong usage; above 125 shells speak of commands and signals");
}

void check_argument_literals(Context& ctx, const ast::CallExpr& call) {
  auto found = ctx.program.calls.find(call.id);
  if (found == ctx.program.calls.end() || !found->second.callee.valid()) return;
  const Callable& callable = ctx.program.callable(found->second.callee);
  const std::vector<BoundArgument>& arguments = found->second.arguments;
  for (size_t i = 0; i < arguments.size() && i < callable.ports.size(); ++i)
    if (arguments[i].source == ArgumentSource::Expr && arguments[i].expr != nullptr)
      check_argument(ctx, call, callable, callable.ports[i], *arguments[i].expr);
}

}  // namespace pflow::sema
