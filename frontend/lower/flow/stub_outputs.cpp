#include "frontend/lower/flow/stub_outputs.h"

#include "frontend/lower/expr/convert.h"
#include "frontend/sema/types/conversions.h"

namespace pflow::lowering {

using ir::Opcode;
using ir::SlotId;
using ir::TypeId;
using ir::TypeKind;
using ir::ValueId;

std::vector<ValueId> StubOutputs::of_value(ValueId value) {
  if (value.valid() && is_answer(value)) return answered(value);
  std::vector<ValueId> outputs;
  for (size_t i = 0; i < target_.outputs.size(); ++i)
    outputs.push_back(static_cast<int>(i) == target_.out_port ? as_output(i, value)
                                                              : empty(type(i)));
  return outputs;
}

/// Whether the node itself takes it for what the other side has said. A stream whose items
/// are given as values needs no reading.
bool StubOutputs::is_answer(ValueId value) const {
  if (!target_.attributes.scripted) return false;
  const TypeId given = c_.builder.type(value);
  const auto main = static_cast<size_t>(target_.out_port);
  return c_.types.is_text_like(given) || (is_chosen(main) && !c_.is(type(main), TypeKind::Stream));
}

std::vector<ValueId> StubOutputs::answered(ValueId value) {
  if (!c_.types.is_text_like(c_.builder.type(value)))
    value = c_.builder.make(Opcode::ToText, {c_.convert(value, c_.types.json)}, c_.types.str);
  std::vector<ValueId> operands;
  for (SlotId param : params_)
    if (param.valid()) operands.push_back(c_.builder.load(param));
  operands.push_back(c_.convert(value, c_.types.str));
  std::vector<SlotId> slots;
  for (size_t i = 0; i < target_.outputs.size(); ++i)
    slots.push_back(c_.builder.slot("answered", type(i)));
  // Without a site: what fails here is the failure of the call that it stands for.
  ir::Op& op = c_.builder.add(Opcode::Call, std::move(operands));
  op.callee = {{}, c_.module.scripted(call_)};
  op.slots = slots;
  std::vector<ValueId> outputs;
  for (SlotId slot : slots) outputs.push_back(c_.builder.load(slot));
  return outputs;
}

ValueId StubOutputs::as_output(size_t output, ValueId value) {
  const TypeId to = type(output);
  if (!value.valid()) return c_.convert(value, to);
  const TypeId from = c_.builder.type(value);
  const bool stream = c_.is(to, TypeKind::Stream) && !c_.is(from, TypeKind::Stream);
  const TypeId given = stream ? c_.types.list(c_.element(to)) : to;
  if (!is_chosen(output) || sema::converts(c_.types, from, given))
    return c_.convert(c_.convert(value, given), to);
  if (c_.types.is_text_like(from)) return c_.convert(parsed(value, given), to);
  const ValueId json = c_.convert(value, c_.types.json);
  return c_.convert(given == c_.types.json ? json : c_.builder.make(Opcode::JsonAs, {json}, given),
                    to);
}

/// As `parse_json(text, schema: T)` does it.
ValueId StubOutputs::parsed(ValueId text, TypeId to) {
  ir::Node node;
  node.name = "parse_json";
  node.module = "data";
  node.ports = {{"text", c_.types.str, false}};
  node.outputs = {{"value", to, true}};
  node.type_arguments = {{"T", to}};
  node.pure = true;
  c_.module.made().nodes.push_back(std::move(node));
  ir::Op& op = c_.builder.add(Opcode::Call, {c_.convert(text, c_.types.str)}, to);
  op.callee = {{}, ir::NodeId(c_.module.made().nodes.size() - 1)};
  op.output = 0;
  return op.result;
}

/// The output of which a stub says nothing: empty, zero, or the first of what it may be.
ValueId StubOutputs::empty(TypeId type) {
  const ir::Type& known = c_.types.get(type);
  if (known.kind == TypeKind::Union) return c_.builder.const_text(known.literals.front(), type);
  if (known.kind == TypeKind::Stream)
    return c_.convert(c_.builder.make(Opcode::ListMake, {}, c_.types.list(known.element)), type);
  if (known.kind == TypeKind::Sum) return c_.convert(empty(known.variants.front()), type);
  if (known.kind != TypeKind::Record) return c_.builder.make(Opcode::Zero, {}, type);
  std::vector<ValueId> fields;
  for (const ir::Field& field : known.fields) fields.push_back(empty(field.type));
  return c_.builder.make(Opcode::RecordMake, std::move(fields), type);
}

}  // namespace pflow::lowering
