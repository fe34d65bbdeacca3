// Calls inside expressions: of function nodes, pure extern nodes and builtins.
#include <cstdint>

#include "frontend/lower/expr/convert.h"
#include "frontend/lower/expr/expr_lowering.h"
#include "support/check.h"

namespace pflow {

using ir::BlockId;
using ir::Opcode;
using ir::SlotId;
using ir::TypeId;
using ir::TypeKind;
using ir::ValueId;
using sema::ArgumentSource;
using sema::Builtin;

ValueId ExprLowering::argument(const sema::BoundArgument& bound) {
  switch (bound.source) {
    case ArgumentSource::Piped: return piped_;
    case ArgumentSource::Key: {
      ValueId value = builder_.load(slot(bound.key));
      const bool narrowed = is(builder_.type(value), TypeKind::Opt) && bound.from.valid() &&
                            !is(bound.from, TypeKind::Opt);
      return narrowed ? convert(value, element(builder_.type(value))) : value;
    }
    case ArgumentSource::Expr:
    case ArgumentSource::Default: return bound.expr != nullptr ? lower(*bound.expr) : ValueId();
  }
}

ValueId ExprLowering::bound_value(const sema::BoundArgument& bound, const sema::PortInfo& port,
                                  TypeId type) {
  const bool is_expr = bound.source != ArgumentSource::Piped && bound.source != ArgumentSource::Key;
  const ast::Expr* expr = bound.expr;
  if (expr == nullptr && bound.source == ArgumentSource::Default) expr = port.default_value;
  if (is_expr && expr != nullptr) {
    if (!port.takes_any) return lower_as(*expr, type);
    return convert(as_text(builder_, types_, lower(*expr)), type);
  }
  ValueId value = argument(bound);
  return convert(port.takes_any ? as_text(builder_, types_, value) : value, type);
}

std::vector<ValueId> ExprLowering::arguments(const sema::CallInfo& info) {
  const auto& ports = program_.callable(info.callee).ports;
  std::vector<ValueId> values;
  for (size_t i = 0; i < ports.size(); ++i) {
    if (ports[i].is_type) continue;
    const sema::BoundArgument bound =
        i < info.arguments.size() ? info.arguments[i] : sema::BoundArgument{};
    values.push_back(bound_value(bound, ports[i], module_.port_type(info, i)));
  }
  return values;
}

ValueId ExprLowering::call(const sema::CallInfo& call, std::vector<ValueId> values,
                           ir::SiteId site) {
  const sema::Callable& callable = program_.callable(call.callee);
  const int output = callable.out_port >= 0 ? callable.out_port : 0;
  const bool has_value = static_cast<size_t>(output) < callable.outputs.size();
  const TypeId type = has_value ? module_.output_type(call, static_cast<size_t>(output)) : TypeId();
  ir::Op& op = builder_.add(Opcode::Call, std::move(values), type);
  op.callee = module_.callee(call);
  op.output = has_value ? output : -1;
  op.site = site;
  return op.result;
}

ValueId ExprLowering::lower_call(const ast::CallExpr& expr) {
  const sema::CallInfo& info = program_.calls.at(expr.id);
  if (!info.callee.valid()) return lower_builtin(expr, info);
  std::vector<ValueId> values = arguments(info);
  builder_.set_span(expr.span);
  const bool node = program_.callable(info.callee).kind == sema::CallableKind::Extern;
  return call(info, std::move(values),
              node ? module_.site(function_, {}, info, expr.span) : ir::SiteId());
}

ValueId ExprLowering::lower_builtin(const ast::CallExpr& expr, const sema::CallInfo& info) {
  const TypeId type = type_of(expr);
  builder_.set_span(expr.span);
  switch (info.builtin) {
    case Builtin::Map:
    case Builtin::Filter:
    case Builtin::FlatMap: return lower_steps(expr, type);
    case Builtin::Collect: return lower_collect(info, type);
    case Builtin::Any:
    case Builtin::All: return lower_any(info);
    case Builtin::Count: return lower_count(info);
    case Builtin::GroupBy: return lower_group_by(info, type);
    case Builtin::As: return lower_as_type(info, type);
    case Builtin::Fold: return lower_fold(info, type);
    case Builtin::SortBy: return lower_sort_by(info, type);
    case Builtin::Fail: lower_fail(info); return {};
    case Builtin::Slice: return lower_slice_call(info);
    case Builtin::Clamp: return lower_clamp(info, type);
    case Builtin::Int:
    case Builtin::Float: return lower_number(info, type);
    case Builtin::Json: return convert(argument(info.arguments[0]), type);
    case Builtin::Str: return convert(as_text(builder_, types_, argument(info.arguments[0])), type);
    case Builtin::Len: {
      ValueId value = argument(info.arguments[0]);
      builder_.set_span(expr.span);
      return builder_.make(Opcode::Len, {value}, types_.int_);
    }
    case Builtin::Abs: {
      ValueId value = convert(argument(info.arguments[0]), type);
      builder_.set_span(expr.span);
      return builder_.make(Opcode::Abs, {value}, type);
    }
    case Builtin::None:
    case Builtin::Choose: PFLOW_UNREACHABLE("lowered as a call or a stage");
  }
}

ValueId ExprLowering::lower_number(const sema::CallInfo& info, TypeId to) {
  const Span span = builder_.span();
  ValueId value = argument(info.arguments[0]);
  if (!value.valid()) return {};
  builder_.set_span(span);
  const TypeId from = builder_.type(value);
  if (types_.is_text_like(from))
    return builder_.make(to == types_.int_ ? Opcode::ParseInt : Opcode::ParseFloat, {value}, to);
  if (from == types_.float_ && to == types_.int_)
    return builder_.make(Opcode::FloatToInt, {value}, to);
  return convert(value, to);
}

ValueId ExprLowering::lower_slice_call(const sema::CallInfo& info) {
  const Span span = builder_.span();
  ValueId base = argument(info.arguments[0]);
  auto end = [&](size_t i, int64_t open) {
    const bool given =
        i < info.arguments.size() &&
        (info.arguments[i].source != ArgumentSource::Default || info.arguments[i].expr != nullptr);
    if (!given) return builder_.const_int(open);
    ValueId value = argument(info.arguments[i]);
    const bool none = value.valid() && builder_.definition(value).opcode == Opcode::OptNone;
    return none ? builder_.const_int(open) : convert(value, types_.int_);
  };
  ValueId from = end(1, 0);
  ValueId to = end(2, INT64_MAX);
  if (!base.valid()) return {};
  builder_.set_span(span);
  return builder_.make(Opcode::Slice, {base, from, to}, builder_.type(base));
}

ValueId ExprLowering::lower_clamp(const sema::CallInfo& info, TypeId type) {
  const Span span = builder_.span();
  ValueId value = convert(argument(info.arguments[0]), type);
  ValueId low = convert(argument(info.arguments[1]), type);
  ValueId high = convert(argument(info.arguments[2]), type);
  builder_.set_span(span);
  const BlockId crossed = builder_.block("crossed_bounds");
  const BlockId bounds = builder_.block("bounds");
  builder_.branch(builder_.make(Opcode::Lt, {high, low}, types_.bool_), crossed, bounds);
  builder_.enter(crossed);
  ValueId message =
      builder_.const_text("the low bound of `clamp` is above the high one", types_.str);
  builder_.add(Opcode::Fail, {message}).text = "value";
  builder_.enter(bounds);
  const SlotId into = builder_.slot("clamp", type);
  const BlockId done = builder_.block("after_clamp");
  auto cut = [&](std::string_view name, ValueId left, ValueId right, ValueId result) {
    const BlockId outside = builder_.block(name);
    const BlockId inside = builder_.block("clamp");
    builder_.branch(builder_.make(Opcode::Lt, {left, right}, types_.bool_), outside, inside);
    builder_.enter(outside);
    builder_.store(into, result);
    builder_.jump(done);
    builder_.enter(inside);
  };
  cut("below", value, low, low);
  cut("above", high, value, high);
  builder_.store(into, value);
  builder_.jump(done);
  builder_.enter(done);
  return builder_.load(into);
}

ValueId ExprLowering::lower_as_type(const sema::CallInfo& info, TypeId type) {
  const Span span = builder_.span();
  const ValueId value = argument(info.arguments[0]);
  if (!value.valid()) return {};
  builder_.set_span(span);
  return builder_.make(Opcode::JsonAs, {convert(value, types_.json)}, type);
}

void ExprLowering::lower_fail(const sema::CallInfo& info) {
  const Span span = builder_.span();
  ValueId message = as_text(builder_, types_, argument(info.arguments[0]));
  builder_.set_span(span);
  builder_.add(Opcode::Fail, {message}).text = "user";
  builder_.enter(builder_.block("unreachable"));
}

}  // namespace pflow
