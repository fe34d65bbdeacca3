#include "frontend/lower/expr/builtins.h"

#include <cstdint>

#include "frontend/lower/expr/arguments.h"
#include "frontend/lower/expr/convert.h"

namespace pflow::lowering {

using ir::BlockId;
using ir::Opcode;
using ir::SlotId;
using ir::TypeId;
using ir::ValueId;
using sema::ArgumentSource;

ValueId lower_number(ExprContext& c, const sema::CallInfo& info, TypeId to) {
  const Span span = c.builder.span();
  ValueId value = argument(c, info.arguments[0]);
  if (!value.valid()) return {};
  c.builder.set_span(span);
  const TypeId from = c.builder.type(value);
  if (c.types.is_text_like(from))
    return c.builder.make(to == c.types.int_ ? Opcode::ParseInt : Opcode::ParseFloat, {value}, to);
  if (from == c.types.float_ && to == c.types.int_)
    return c.builder.make(Opcode::FloatToInt, {value}, to);
  return c.convert(value, to);
}

ValueId lower_slice_call(ExprContext& c, const sema::CallInfo& info) {
  const Span span = c.builder.span();
  ValueId base = argument(c, info.arguments[0]);
  auto end = [&](size_t i, int64_t open) {
    const bool given =
        i < info.arguments.size() &&
        (info.arguments[i].source != ArgumentSource::Default || info.arguments[i].expr != nullptr);
    if (!given) return c.builder.const_int(open);
    ValueId value = argument(c, info.arguments[i]);
    const bool none = value.valid() && c.builder.definition(value).opcode == Opcode::OptNone;
    return none ? c.builder.const_int(open) : c.convert(value, c.types.int_);
  };
  ValueId from = end(1, 0);
  ValueId to = end(2, INT64_MAX);
  if (!base.valid()) return {};
  c.builder.set_span(span);
  return c.builder.make(Opcode::Slice, {base, from, to}, c.builder.type(base));
}

ValueId lower_clamp(ExprContext& c, const sema::CallInfo& info, TypeId type) {
  const Span span = c.builder.span();
  ValueId value = c.convert(argument(c, info.arguments[0]), type);
  ValueId low = c.convert(argument(c, info.arguments[1]), type);
  ValueId high = c.convert(argument(c, info.arguments[2]), type);
  c.builder.set_span(span);
  const BlockId crossed = c.builder.block("crossed_bounds");
  const BlockId bounds = c.builder.block("bounds");
  c.builder.branch(c.builder.make(Opcode::Lt, {high, low}, c.types.bool_), crossed, bounds);
  c.builder.enter(crossed);
  ValueId message =
      c.builder.const_text("the low bound of `clamp` is above the high one", c.types.str);
  c.builder.add(Opcode::Fail, {message}).text = "value";
  c.builder.enter(bounds);
  const SlotId into = c.builder.slot("clamp", type);
  const BlockId done = c.builder.block("after_clamp");
  auto cut = [&](std::string_view name, ValueId left, ValueId right, ValueId result) {
    const BlockId outside = c.builder.block(name);
    const BlockId inside = c.builder.block("clamp");
    c.builder.branch(c.builder.make(Opcode::Lt, {left, right}, c.types.bool_), outside, inside);
    c.builder.enter(outside);
    c.builder.store(into, result);
    c.builder.jump(done);
    c.builder.enter(inside);
  };
  cut("below", value, low, low);
  cut("above", high, value, high);
  c.builder.store(into, value);
  c.builder.jump(done);
  c.builder.enter(done);
  return c.builder.load(into);
}

ValueId lower_as_type(ExprContext& c, const sema::CallInfo& info, TypeId type) {
  const Span span = c.builder.span();
  const ValueId value = argument(c, info.arguments[0]);
  if (!value.valid()) return {};
  c.builder.set_span(span);
  return c.builder.make(Opcode::JsonAs, {c.convert(value, c.types.json)}, type);
}

void lower_fail(ExprContext& c, const sema::CallInfo& info) {
  const Span span = c.builder.span();
  ValueId message = as_text(c.builder, c.types, argument(c, info.arguments[0]));
  std::vector<ValueId> operands = {message};
  if (info.arguments.size() > 1 && info.arguments[1].expr != nullptr)
    operands.push_back(c.convert(argument(c, info.arguments[1]), c.types.int_));
  const ast::Expr* kind = info.arguments.size() > 2 ? info.arguments[2].expr : nullptr;
  c.builder.set_span(span);
  c.builder.add(Opcode::Fail, std::move(operands)).text =
      kind != nullptr ? ast::as<ast::TemplateExpr>(*kind).literal() : "user";
  c.builder.enter(c.builder.block("unreachable"));
}

}  // namespace pflow::lowering
