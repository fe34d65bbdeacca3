#include "frontend/lower/expr/calls.h"

#include "frontend/lower/expr/arguments.h"
#include "frontend/lower/expr/builtins.h"
#include "frontend/lower/expr/convert.h"
#include "frontend/lower/expr/sequence_calls.h"
#include "frontend/lower/module/sites.h"
#include "support/check.h"

namespace pflow::lowering {

using ir::Opcode;
using ir::TypeId;
using ir::ValueId;
using sema::Builtin;

namespace {

ValueId lower_builtin(ExprContext& c, const ast::CallExpr& expr, const sema::CallInfo& info) {
  const TypeId type = c.type_of(expr);
  c.builder.set_span(expr.span);
  switch (info.builtin) {
    case Builtin::Map:
    case Builtin::Filter:
    case Builtin::FlatMap: return lower_steps(c, expr, type);
    case Builtin::Collect: return lower_collect(c, info, type);
    case Builtin::Any:
    case Builtin::All: return lower_any(c, info);
    case Builtin::Count: return lower_count(c, info);
    case Builtin::GroupBy: return lower_group_by(c, info, type);
    case Builtin::CountBy:
    case Builtin::SumBy: return lower_sum_by(c, info, type);
    case Builtin::Top: return lower_top(c, info, type);
    case Builtin::As: return lower_as_type(c, info, type);
    case Builtin::Fold: return lower_fold(c, info, type);
    case Builtin::SortBy: return lower_sort_by(c, info, type);
    case Builtin::Fail: lower_fail(c, info); return {};
    case Builtin::Slice: return lower_slice_call(c, info);
    case Builtin::Clamp: return lower_clamp(c, info, type);
    case Builtin::Int:
    case Builtin::Float: return lower_number(c, info, type);
    case Builtin::Json: return c.convert(argument(c, info.arguments[0]), type);
    case Builtin::Str:
      return c.convert(as_text(c.builder, c.types, argument(c, info.arguments[0])), type);
    case Builtin::Len: {
      ValueId value = argument(c, info.arguments[0]);
      c.builder.set_span(expr.span);
      return c.builder.make(Opcode::Len, {value}, c.types.int_);
    }
    case Builtin::Abs: {
      ValueId value = c.convert(argument(c, info.arguments[0]), type);
      c.builder.set_span(expr.span);
      return c.builder.make(Opcode::Abs, {value}, type);
    }
    case Builtin::Calls: {
      ir::Op& op = c.builder.add(Opcode::CellLoad, {}, c.types.int_);
      op.integer = c.module.watched().find(c.program.counted.at(expr.id))->count_cell;
      return op.result;
    }
    case Builtin::None:
    case Builtin::Choose: PFLOW_UNREACHABLE("lowered as a call or a stage");
  }
}

}  // namespace

ValueId lower_call(ExprContext& c, const ast::CallExpr& expr) {
  const sema::CallInfo& info = c.program.calls.at(expr.id);
  if (!info.callee.valid()) return lower_builtin(c, expr, info);
  std::vector<ValueId> values = arguments(c, info);
  c.builder.set_span(expr.span);
  const bool node = c.program.callable(info.callee).kind == sema::CallableKind::Extern;
  return call_op(c, info, std::move(values),
                 node ? add_site(c.module, c.function, {}, info, expr.span) : ir::SiteId());
}

}  // namespace pflow::lowering
