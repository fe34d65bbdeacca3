#include "frontend/lower/expr/access.h"

#include <cstdint>
#include <functional>

namespace pflow::lowering {

using ir::BlockId;
using ir::Opcode;
using ir::SlotId;
using ir::TypeId;
using ir::TypeKind;
using ir::ValueId;

namespace {

ValueId if_set(ExprContext& c, ValueId base, TypeId result,
               const std::function<ValueId(ValueId)>& part) {
  const ir::SlotId into = c.builder.slot("part", result);
  const BlockId set = c.builder.block("some");
  const BlockId unset = c.builder.block("none");
  const BlockId done = c.builder.block("after_part");
  c.builder.branch(c.builder.make(Opcode::OptHas, {base}, c.types.bool_), set, unset);
  c.builder.enter(set);
  ValueId value = c.builder.make(Opcode::OptGet, {base}, c.element(c.builder.type(base)));
  c.builder.store(into, c.convert(part(value), result));
  c.builder.jump(done);
  c.builder.enter(unset);
  c.builder.store(into, c.builder.make(Opcode::OptNone, {}, result));
  c.builder.jump(done);
  c.builder.enter(done);
  return c.builder.load(into);
}

}  // namespace

ValueId get_field(ExprContext& c, ValueId record, std::string_view name) {
  const auto& fields = c.types.get(c.builder.type(record)).fields;
  for (size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].name != name) continue;
    ir::Op& op = c.builder.add(Opcode::RecordGet, {record}, fields[i].type, name);
    op.integer = static_cast<int64_t>(i);
    return op.result;
  }
  return {};
}

ValueId lower_field(ExprContext& c, const ast::FieldExpr& expr, ValueId base) {
  const std::string_view name = c.module.text(expr.field.symbol);
  if (!base.valid()) return {};
  const bool optional = c.is(c.builder.type(base), TypeKind::Opt);
  if (expr.optional && optional)
    return if_set(c, base, c.type_of(expr),
                  [&](ValueId value) { return get_field(c, value, name); });
  if (optional) base = c.convert(base, c.element(c.builder.type(base)));
  if (c.is(c.builder.type(base), TypeKind::Json))
    return c.builder.make(Opcode::JsonField, {base, c.builder.const_text(name, c.types.str)},
                          c.types.json);
  ValueId value = get_field(c, base, name);
  if (c.is(c.builder.type(value), TypeKind::Opt) && !c.is(c.type_of(expr), TypeKind::Opt))
    return c.convert(value, c.element(c.builder.type(value)));
  return value;
}

namespace {

ValueId lower_json_index(ExprContext& c, const ast::IndexExpr& expr, ValueId base) {
  ValueId index = c.lower(*expr.index);
  c.builder.set_span(expr.span);
  if (c.types.is_text_like(c.builder.type(index)))
    return c.builder.make(Opcode::JsonField, {base, index}, c.types.json);
  return c.builder.make(Opcode::JsonItem, {base, c.convert(index, c.types.int_)}, c.types.json);
}

}  // namespace

ValueId lower_index(ExprContext& c, const ast::IndexExpr& expr, ValueId base) {
  auto item = [&](ValueId sequence) {
    const TypeId type = c.builder.type(sequence);
    if (c.is(type, TypeKind::Json)) return lower_json_index(c, expr, sequence);
    if (c.is(type, TypeKind::Map)) {
      ValueId key = c.lower_as(*expr.index, c.types.str);
      c.builder.set_span(expr.span);
      return c.builder.make(Opcode::MapIndex, {sequence, key}, c.element(type));
    }
    ValueId index = c.lower_as(*expr.index, c.types.int_);
    c.builder.set_span(expr.span);
    return c.builder.make(Opcode::Index, {sequence, index},
                          c.is(type, TypeKind::List) ? c.element(type) : type);
  };
  if (!base.valid()) return {};
  const bool optional = c.is(c.builder.type(base), TypeKind::Opt);
  if (expr.optional && optional) return if_set(c, base, c.type_of(expr), item);
  return item(optional ? c.convert(base, c.element(c.builder.type(base))) : base);
}

ValueId lower_slice(ExprContext& c, const ast::SliceExpr& expr, ValueId base) {
  if (!base.valid()) return {};
  ValueId from =
      expr.from != nullptr ? c.lower_as(*expr.from, c.types.int_) : c.builder.const_int(0);
  ValueId to =
      expr.to != nullptr ? c.lower_as(*expr.to, c.types.int_) : c.builder.const_int(INT64_MAX);
  c.builder.set_span(expr.span);
  return c.builder.make(Opcode::Slice, {base, from, to}, c.builder.type(base));
}

}  // namespace pflow::lowering
