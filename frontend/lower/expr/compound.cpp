#include "frontend/lower/expr/compound.h"

#include "frontend/lower/expr/access.h"

namespace pflow::lowering {

using ir::Opcode;
using ir::TypeId;
using ir::TypeKind;
using ir::ValueId;

ValueId lower_none(ExprContext& c, TypeId type) {
  if (!c.is(type, TypeKind::Opt)) type = c.types.opt(c.types.bool_);
  return c.builder.make(Opcode::OptNone, {}, type);
}

ValueId lower_list(ExprContext& c, const ast::ListExpr& expr, TypeId type) {
  if (c.is(type, TypeKind::Opt)) type = c.element(type);
  std::vector<ValueId> items;
  for (const ast::Expr* item : expr.items) items.push_back(c.lower_as(*item, c.element(type)));
  c.builder.set_span(expr.span);
  return c.builder.make(Opcode::ListMake, std::move(items), type);
}

ValueId lower_map(ExprContext& c, const ast::MapExpr& expr, TypeId type) {
  const TypeId value_type = c.element(type);
  if (expr.spread == nullptr) {
    std::vector<ValueId> entries;
    for (const ast::MapEntry& entry : expr.entries) {
      entries.push_back(c.lower_as(*entry.key, c.types.str));
      entries.push_back(c.lower_as(*entry.value, value_type));
    }
    c.builder.set_span(expr.span);
    return c.builder.make(Opcode::MapMake, std::move(entries), type);
  }
  ValueId map = c.lower_as(*expr.spread, type);
  for (const ast::MapEntry& entry : expr.entries) {
    ValueId key = c.lower_as(*entry.key, c.types.str);
    ValueId value = c.lower_as(*entry.value, value_type);
    c.builder.set_span(expr.span);
    map = c.builder.make(Opcode::MapSet, {map, key, value}, type);
  }
  return map;
}

namespace {

ValueId field_default(ExprContext& c, TypeId record, size_t index) {
  const ir::Field& field = c.types.get(record).fields[index];
  if (const ast::SchemaDecl* schema = c.module.schema(record))
    if (const ast::Expr* value = schema->fields[index].default_value)
      return c.lower_as(*value, field.type);
  return lower_none(c, field.type);
}

}  // namespace

ValueId lower_record(ExprContext& c, const ast::RecordExpr& expr) {
  const TypeId type = c.type_of(expr);
  const auto& fields = c.types.get(type).fields;
  ValueId spread;
  if (expr.spread != nullptr) spread = c.lower_as(*expr.spread, type);
  std::vector<ValueId> values(fields.size());
  for (const ast::FieldInit& init : expr.fields)
    for (size_t i = 0; i < fields.size(); ++i)
      if (fields[i].name == c.module.text(init.name.symbol))
        values[i] = c.lower_as(*init.value, fields[i].type);
  c.builder.set_span(expr.span);
  for (size_t i = 0; i < fields.size(); ++i) {
    if (values[i].valid()) continue;
    values[i] = spread.valid() ? get_field(c, spread, fields[i].name) : field_default(c, type, i);
  }
  c.builder.set_span(expr.span);
  return c.builder.make(Opcode::RecordMake, std::move(values), type);
}

}  // namespace pflow::lowering
