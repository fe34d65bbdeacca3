#include "frontend/lower/expr/convert.h"

#include <algorithm>

#include "frontend/sema/types/conversions.h"

namespace pflow::lowering {

using ir::Opcode;
using ir::TypeId;
using ir::TypeKind;
using ir::ValueId;

namespace {

/// The number of `record` in the sum type.
int64_t variant_of(const ir::TypeTable& types, TypeId sum, TypeId record) {
  const std::vector<TypeId>& variants = types.get(sum).variants;
  return std::ranges::find(variants, record) - variants.begin();
}

/// A record or a value of a smaller sum type as one of the sum type `to`.
ValueId to_sum(ir::Builder& builder, ir::TypeTable& types, ValueId value, TypeId to) {
  const TypeId from = builder.type(value);
  if (types.is(from, TypeKind::Record)) {
    ir::Op& op = builder.add(Opcode::SumMake, {value}, to);
    op.integer = variant_of(types, to, from);
    return op.result;
  }
  ir::Op& op = builder.add(Opcode::SumWiden, {value}, to);
  for (TypeId variant : types.get(from).variants)
    op.integers.push_back(variant_of(types, to, variant));
  return op.result;
}

bool is_empty(const ir::Op& made) {
  return made.operands.empty() &&
         (made.opcode == Opcode::ListMake || made.opcode == Opcode::MapMake);
}

}  // namespace

ValueId convert(ir::Builder& builder, ir::TypeTable& types, ValueId value, TypeId to) {
  if (!value.valid()) return builder.load(builder.slot("never", to));
  const TypeId from = builder.type(value);
  if (from == to) return value;
  const ir::Op& made = builder.definition(value);
  const Opcode made_by = made.opcode;
  if (made_by == Opcode::OptNone && types.is(to, TypeKind::Opt))
    return builder.make(Opcode::OptNone, {}, to);
  if (made_by == Opcode::OptNone && to == types.json) return builder.make(Opcode::Zero, {}, to);
  if (to == types.json) return builder.make(Opcode::JsonFrom, {value}, to);
  if (types.is(to, TypeKind::Opt)) {
    const TypeId element = types.get(to).element;
    if (!types.is(from, TypeKind::Opt))
      return builder.make(Opcode::OptSome, {convert(builder, types, value, element)}, to);
  } else if (types.is(from, TypeKind::Opt)) {
    // The checks have found it set here.
    ValueId got = builder.make(Opcode::OptGet, {value}, types.get(from).element);
    return convert(builder, types, got, to);
  }
  if (is_empty(made) && types.kind(from) == types.kind(to)) return builder.make(made_by, {}, to);
  if (from == types.int_ && to == types.float_)
    return builder.make(Opcode::IntToFloat, {value}, to);
  if (types.is(to, TypeKind::Sum)) return to_sum(builder, types, value, to);
  if (types.is(to, TypeKind::Stream) && types.is(from, TypeKind::List)) {
    value = convert(builder, types, value, types.list(types.get(to).element));
    return builder.make(Opcode::StreamOf, {value}, to);
  }
  if (made_by == Opcode::ConstText && types.is_text_like(to))
    return builder.const_text(std::string(made.text), to);
  return builder.make(Opcode::Cast, {value}, to);
}

ValueId as_text(ir::Builder& builder, ir::TypeTable& types, ValueId value) {
  if (!value.valid()) return convert(builder, types, value, types.str);
  if (types.is_text_like(builder.type(value))) return value;
  return builder.make(Opcode::ToText, {value}, types.str);
}

TypeId common_type(ir::TypeTable& types, TypeId a, TypeId b) {
  if (a == b) return a;
  if (types.is_text_like(a) && types.is_text_like(b))
    return types.is(a, TypeKind::Secret) || types.is(b, TypeKind::Secret) ? types.secret
                                                                          : types.str;
  if ((a == types.int_ && b == types.float_) || (a == types.float_ && b == types.int_))
    return types.float_;
  const bool opt_a = types.is(a, TypeKind::Opt);
  const bool opt_b = types.is(b, TypeKind::Opt);
  if (opt_a || opt_b)
    return types.opt(
        common_type(types, opt_a ? types.get(a).element : a, opt_b ? types.get(b).element : b));
  if (types.is(a, TypeKind::List) && types.is(b, TypeKind::List))
    return types.list(common_type(types, types.get(a).element, types.get(b).element));
  if (types.is(a, TypeKind::Json) || types.is(b, TypeKind::Json)) return types.json;
  const TypeId joined = sema::join_types(types, a, b);
  return joined.valid() ? joined : a;
}

}  // namespace pflow::lowering
