#include "frontend/lower/convert.h"

namespace pflow {

using ir::Opcode;
using ir::TypeId;
using ir::TypeKind;
using ir::ValueId;

ValueId convert(ir::Builder& builder, ir::TypeTable& types, ValueId value, TypeId to) {
  if (!value.valid()) return builder.load(builder.slot("never", to));
  const TypeId from = builder.type(value);
  if (from == to) return value;
  const Opcode made_by = builder.definition(value).opcode;
  if (made_by == Opcode::OptNone && types.is(to, TypeKind::Opt))
    return builder.make(Opcode::OptNone, {}, to);
  if (made_by == Opcode::ListMake && builder.definition(value).operands.empty())
    return builder.make(Opcode::ListMake, {}, to);
  if (types.is(to, TypeKind::Opt)) {
    const TypeId element = types.get(to).element;
    if (!types.is(from, TypeKind::Opt))
      return builder.make(Opcode::OptSome, {convert(builder, types, value, element)}, to);
  } else if (types.is(from, TypeKind::Opt)) {
    // The checks have found it set here.
    ValueId got = builder.make(Opcode::OptGet, {value}, types.get(from).element);
    return convert(builder, types, got, to);
  }
  if (from == types.int_ && to == types.float_)
    return builder.make(Opcode::IntToFloat, {value}, to);
  if (made_by == Opcode::ConstText && types.is_text_like(to))
    return builder.const_text(std::string(builder.definition(value).text), to);
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
  return a;
}

}  // namespace pflow
