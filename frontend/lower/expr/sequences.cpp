#include "frontend/lower/expr/sequences.h"

#include <algorithm>
#include <utility>

#include "frontend/lower/expr/arguments.h"

namespace pflow::lowering {

using ir::TypeKind;
using sema::ArgumentSource;
using sema::Builtin;

namespace {

/// The call of map, filter or flat_map behind `at` that has not been evaluated; null
/// when it is something else.
const ast::CallExpr* step_call(const ExprContext& c, const ast::Expr* expr) {
  if (expr == nullptr || expr->kind != ast::ExprKind::Call || c.evaluated.contains(expr))
    return nullptr;
  auto call = c.program.calls.find(expr->id);
  if (call == c.program.calls.end()) return nullptr;
  const Builtin builtin = call->second.builtin;
  const bool step =
      builtin == Builtin::Map || builtin == Builtin::Filter || builtin == Builtin::FlatMap;
  return step ? &ast::as<ast::CallExpr>(*expr) : nullptr;
}

}  // namespace

bool is_step(const ExprContext& c, const ast::Expr& expr) { return step_call(c, &expr) != nullptr; }

bool is_sequence_call(const ExprContext& c, const ast::Expr& expr) {
  if (expr.kind != ast::ExprKind::Call) return false;
  auto call = c.program.calls.find(expr.id);
  if (call == c.program.calls.end()) return false;
  switch (call->second.builtin) {
    case Builtin::Map:
    case Builtin::Filter:
    case Builtin::FlatMap:
    case Builtin::Fold:
    case Builtin::Any:
    case Builtin::All:
    case Builtin::Count:
    case Builtin::Collect:
    case Builtin::GroupBy:
    case Builtin::CountBy:
    case Builtin::SumBy:
    case Builtin::Top:
    case Builtin::SortBy: return true;
    case Builtin::None:
    case Builtin::Choose:
    case Builtin::Fail:
    case Builtin::Len:
    case Builtin::Slice:
    case Builtin::Json:
    case Builtin::Str:
    case Builtin::Int:
    case Builtin::Float:
    case Builtin::Abs:
    case Builtin::Clamp:
    case Builtin::Calls:
    case Builtin::As: return false;
  }
}

bool takes_piped(const ExprContext& c, const ast::Expr& expr) {
  return is_sequence_call(c, expr) &&
         c.program.calls.at(expr.id).arguments[0].source == ArgumentSource::Piped;
}

namespace {

std::vector<Step> steps_of(ExprContext& c, const sema::BoundArgument*& at, TypeKind kind) {
  std::vector<Step> steps;
  size_t deferred = c.deferred.size();
  for (;;) {
    const ast::CallExpr* call = nullptr;
    if (at->source == ArgumentSource::Expr) call = step_call(c, at->expr);
    if (at->source == ArgumentSource::Piped && deferred > 0) call = c.deferred[--deferred];
    if (call == nullptr || !c.is(c.type_of(*call), kind)) break;
    const sema::CallInfo& info = c.program.calls.at(call->id);
    steps.push_back({info.builtin, info.arguments[1].expr, c.element(c.type_of(*call))});
    at = &info.arguments[0];
  }
  std::reverse(steps.begin(), steps.end());
  return steps;
}

/// The call of `range` with a step of 1 behind `source`, which needs no list; or null.
const sema::CallInfo* counting_range(const ExprContext& c, const sema::BoundArgument& source) {
  const ast::Expr* expr = source.source == ArgumentSource::Expr ? source.expr : nullptr;
  if (expr == nullptr || expr->kind != ast::ExprKind::Call || c.evaluated.contains(expr))
    return nullptr;
  auto call = c.program.calls.find(expr->id);
  if (call == c.program.calls.end() || !call->second.callee.valid()) return nullptr;
  const sema::Callable& callable = c.program.callable(call->second.callee);
  const std::vector<sema::BoundArgument>& arguments = call->second.arguments;
  if (callable.module != "lists" || c.module.text(callable.name) != "range") return nullptr;
  const bool plain_end =
      arguments[1].source == ArgumentSource::Default ||
      (arguments[1].source == ArgumentSource::Expr && arguments[1].from == c.types.int_);
  const bool plain = arguments[0].source == ArgumentSource::Expr && plain_end &&
                     arguments[2].source == ArgumentSource::Default;
  return plain ? &call->second : nullptr;
}

}  // namespace

Sequence sequence_of(ExprContext& c, const sema::BoundArgument& items) {
  Sequence sequence;
  const sema::BoundArgument* at = &items;
  const ast::Expr* outer = items.source == ArgumentSource::Expr ? items.expr : nullptr;
  if (items.source == ArgumentSource::Piped && !c.deferred.empty()) outer = c.deferred.back();
  const bool streams = outer != nullptr && c.is(c.type_of(*outer), TypeKind::Stream);
  sequence.steps = steps_of(c, at, streams ? TypeKind::Stream : TypeKind::List);
  c.deferred.clear();
  if (const sema::CallInfo* range = counting_range(c, *at)) {
    const sema::BoundArgument& end = range->arguments[1];
    sequence.from = c.lower_as(*range->arguments[0].expr, c.types.int_);
    sequence.source = end.source == ArgumentSource::Expr ? c.lower_as(*end.expr, c.types.int_)
                                                         : std::exchange(sequence.from, {});
    if (!sequence.from.valid()) sequence.from = c.builder.const_int(0);
    return sequence;
  }
  sequence.source = argument(c, *at);
  return sequence;
}

}  // namespace pflow::lowering
