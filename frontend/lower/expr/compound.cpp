// Fields, elements, lists, maps and records.
#include <cstdint>

#include "frontend/lower/expr/expr_lowering.h"

namespace pflow {

using ir::BlockId;
using ir::Opcode;
using ir::TypeId;
using ir::TypeKind;
using ir::ValueId;

ValueId ExprLowering::if_set(ValueId base, TypeId result,
                             const std::function<ValueId(ValueId)>& part) {
  const ir::SlotId into = builder_.slot("part", result);
  const BlockId set = builder_.block("some");
  const BlockId unset = builder_.block("none");
  const BlockId done = builder_.block("after_part");
  builder_.branch(builder_.make(Opcode::OptHas, {base}, types_.bool_), set, unset);
  builder_.enter(set);
  ValueId value = builder_.make(Opcode::OptGet, {base}, element(builder_.type(base)));
  builder_.store(into, convert(part(value), result));
  builder_.jump(done);
  builder_.enter(unset);
  builder_.store(into, builder_.make(Opcode::OptNone, {}, result));
  builder_.jump(done);
  builder_.enter(done);
  return builder_.load(into);
}

ValueId ExprLowering::get_field(ValueId record, std::string_view name) {
  const auto& fields = types_.get(builder_.type(record)).fields;
  for (size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].name != name) continue;
    ir::Op& op = builder_.add(Opcode::RecordGet, {record}, fields[i].type, name);
    op.integer = static_cast<int64_t>(i);
    return op.result;
  }
  return {};
}

ValueId ExprLowering::lower_field(const ast::FieldExpr& expr, ValueId base) {
  const std::string_view name = module_.text(expr.field.symbol);
  if (!base.valid()) return {};
  const bool optional = is(builder_.type(base), TypeKind::Opt);
  if (expr.optional && optional)
    return if_set(base, type_of(expr), [&](ValueId value) { return get_field(value, name); });
  if (optional) base = convert(base, element(builder_.type(base)));
  if (is(builder_.type(base), TypeKind::Json))
    return builder_.make(Opcode::JsonField, {base, builder_.const_text(name, types_.str)},
                         types_.json);
  ValueId value = get_field(base, name);
  if (is(builder_.type(value), TypeKind::Opt) && !is(type_of(expr), TypeKind::Opt))
    return convert(value, element(builder_.type(value)));
  return value;
}

ValueId ExprLowering::lower_json_index(const ast::IndexExpr& expr, ValueId base) {
  ValueId index = lower(*expr.index);
  builder_.set_span(expr.span);
  if (types_.is_text_like(builder_.type(index)))
    return builder_.make(Opcode::JsonField, {base, index}, types_.json);
  return builder_.make(Opcode::JsonItem, {base, convert(index, types_.int_)}, types_.json);
}

ValueId ExprLowering::lower_index(const ast::IndexExpr& expr, ValueId base) {
  auto item = [&](ValueId sequence) {
    const TypeId type = builder_.type(sequence);
    if (is(type, TypeKind::Json)) return lower_json_index(expr, sequence);
    if (is(type, TypeKind::Map)) {
      ValueId key = lower_as(*expr.index, types_.str);
      builder_.set_span(expr.span);
      return builder_.make(Opcode::MapIndex, {sequence, key}, element(type));
    }
    ValueId index = lower_as(*expr.index, types_.int_);
    builder_.set_span(expr.span);
    return builder_.make(Opcode::Index, {sequence, index},
                         is(type, TypeKind::List) ? element(type) : type);
  };
  if (!base.valid()) return {};
  const bool optional = is(builder_.type(base), TypeKind::Opt);
  if (expr.optional && optional) return if_set(base, type_of(expr), item);
  return item(optional ? convert(base, element(builder_.type(base))) : base);
}

ValueId ExprLowering::lower_slice(const ast::SliceExpr& expr, ValueId base) {
  if (!base.valid()) return {};
  ValueId from = expr.from != nullptr ? lower_as(*expr.from, types_.int_) : builder_.const_int(0);
  ValueId to = expr.to != nullptr ? lower_as(*expr.to, types_.int_) : builder_.const_int(INT64_MAX);
  builder_.set_span(expr.span);
  return builder_.make(Opcode::Slice, {base, from, to}, builder_.type(base));
}

ValueId ExprLowering::lower_list(const ast::ListExpr& expr, TypeId type) {
  if (is(type, TypeKind::Opt)) type = element(type);
  std::vector<ValueId> items;
  for (const ast::Expr* item : expr.items) items.push_back(lower_as(*item, element(type)));
  builder_.set_span(expr.span);
  return builder_.make(Opcode::ListMake, std::move(items), type);
}

ValueId ExprLowering::lower_map(const ast::MapExpr& expr, TypeId type) {
  const TypeId value_type = element(type);
  if (expr.spread == nullptr) {
    std::vector<ValueId> entries;
    for (const ast::MapEntry& entry : expr.entries) {
      entries.push_back(lower_as(*entry.key, types_.str));
      entries.push_back(lower_as(*entry.value, value_type));
    }
    builder_.set_span(expr.span);
    return builder_.make(Opcode::MapMake, std::move(entries), type);
  }
  ValueId map = lower_as(*expr.spread, type);
  for (const ast::MapEntry& entry : expr.entries) {
    ValueId key = lower_as(*entry.key, types_.str);
    ValueId value = lower_as(*entry.value, value_type);
    builder_.set_span(expr.span);
    map = builder_.make(Opcode::MapSet, {map, key, value}, type);
  }
  return map;
}

ValueId ExprLowering::field_default(TypeId record, size_t index) {
  const ir::Field& field = types_.get(record).fields[index];
  if (const ast::SchemaDecl* schema = module_.schema(record))
    if (const ast::Expr* value = schema->fields[index].default_value)
      return lower_as(*value, field.type);
  return lower_none(field.type);
}

ValueId ExprLowering::lower_record(const ast::RecordExpr& expr) {
  const TypeId type = type_of(expr);
  const auto& fields = types_.get(type).fields;
  ValueId spread;
  if (expr.spread != nullptr) spread = lower_as(*expr.spread, type);
  std::vector<ValueId> values(fields.size());
  for (const ast::FieldInit& init : expr.fields)
    for (size_t i = 0; i < fields.size(); ++i)
      if (fields[i].name == module_.text(init.name.symbol))
        values[i] = lower_as(*init.value, fields[i].type);
  builder_.set_span(expr.span);
  for (size_t i = 0; i < fields.size(); ++i) {
    if (values[i].valid()) continue;
    values[i] = spread.valid() ? get_field(spread, fields[i].name) : field_default(type, i);
  }
  builder_.set_span(expr.span);
  return builder_.make(Opcode::RecordMake, std::move(values), type);
}

}  // namespace pflow
