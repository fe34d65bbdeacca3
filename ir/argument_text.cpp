#include "ir/argument_text.h"

#include <fmt/format.h>

namespace pflow::ir {

namespace {

/// Programs that call themselves have no end otherwise.
constexpr int kMostSteps = 50;
constexpr const char* kUnknown = "…";

/// Whether the value is another one under another type.
bool is_same_value(const Op& op) {
  return op.opcode == Opcode::Cast || op.opcode == Opcode::OptSome || op.opcode == Opcode::Retain ||
         op.opcode == Opcode::ToText;
}

std::optional<std::string> constant_text(const Op& op) {
  if (op.opcode == Opcode::ConstText) return op.text;
  if (op.opcode == Opcode::ConstInt) return std::to_string(op.integer);
  if (op.opcode == Opcode::ConstFloat) return fmt::format("{}", op.floating);
  if (op.opcode == Opcode::ConstBool) return op.integer != 0 ? "true" : "false";
  return std::nullopt;
}

bool has_pieces(const Op& op) { return op.info().fields == OpFields::Pieces; }

}  // namespace

ArgumentText::ArgumentText(const Module& module)
    : module_(module), definitions_(module.functions.size()), calls_(module.functions.size()) {
  // From outside, with what nobody knows.
  if (module.entry.valid()) note_call(module.entry, {}, nullptr);
  for (const Tool& tool : module.tools) note_call(tool.flow, {}, nullptr);
  for (uint32_t i = 0; i < module.functions.size(); ++i) {
    const Function& function = module.functions[i];
    definitions_[i].values.resize(function.values.size());
    definitions_[i].stores.resize(function.slots.size());
    for (const Block& block : function.blocks)
      for (const Op& op : block.ops) {
        if (op.result.valid()) definitions_[i].values[op.result.index] = &op;
        if (op.opcode == Opcode::SlotStore)
          definitions_[i].stores[op.slot.index].push_back(op.operands[0]);
        // What a call puts into a slot, no op makes.
        for (SlotId slot : op.slots)
          if (slot.valid()) definitions_[i].stores[slot.index].emplace_back();
        note_calls(FunctionId(i), op);
      }
  }
}

void ArgumentText::note_call(FunctionId callee, FunctionId caller, const Op* op) {
  OnlyCall& known = calls_[callee.index];
  ++known.calls;
  known.caller = caller;
  known.op = op;
}

void ArgumentText::note_calls(FunctionId caller, const Op& op) {
  const OpFields fields = op.info().fields;
  const bool has_arguments = fields == OpFields::Callee || fields == OpFields::Items;
  if (op.callee.function.valid())
    note_call(op.callee.function, caller, has_arguments ? &op : nullptr);
  for (const Branch& branch : op.branches) note_call(branch.flow, caller, nullptr);
}

ArgumentText::Origin ArgumentText::origin_of_slot(FunctionId id, SlotId slot, int depth) const {
  const Function& function = module_.function(id);
  const std::vector<ValueId>& stores = definitions_[id.index].stores[slot.index];
  const bool is_parameter = slot.index < function.param_count;
  Origin unknown{id, nullptr, function.slots[slot.index].name};
  if (!is_parameter && stores.size() == 1 && stores[0].valid())
    return origin(id, stores[0], depth + 1);
  if (!is_parameter || !stores.empty()) return unknown;
  const OnlyCall& call = calls_[id.index];
  if (call.calls != 1 || call.op == nullptr) return unknown;
  // The first parameter of a body is the item; that of a pipe is the last one.
  const bool is_item = call.op->info().fields == OpFields::Items && slot.index == 0;
  if (is_item || call.op->opcode == Opcode::StreamPipe || slot.index >= call.op->operands.size())
    return unknown;
  return origin(call.caller, call.op->operands[slot.index], depth + 1);
}

ArgumentText::Origin ArgumentText::origin_of_field(FunctionId id, const Op& op, int depth) const {
  const Origin record = origin(id, op.operands[0], depth + 1);
  if (record.op != nullptr) return {id, &op, kUnknown};
  const TypeId type = module_.function(id).values[op.operands[0].index].type;
  const Field& field = module_.types->get(type).fields[static_cast<size_t>(op.integer)];
  return {id, nullptr, record.name + "." + field.name};
}

ArgumentText::Origin ArgumentText::origin(FunctionId id, ValueId value, int depth) const {
  const Op* op = definitions_[id.index].values[value.index];
  if (op == nullptr || depth > kMostSteps) return {id, nullptr, kUnknown};
  if (is_same_value(*op)) return origin(id, op->operands[0], depth + 1);
  if (op->opcode == Opcode::SlotLoad || op->opcode == Opcode::SlotTake)
    return origin_of_slot(id, op->slot, depth);
  if (op->opcode == Opcode::RecordGet) return origin_of_field(id, *op, depth);
  return {id, op, kUnknown};
}

void ArgumentText::add(SaidText& said, FunctionId function, ValueId value, int depth) const {
  const Origin from = origin(function, value, depth);
  if (from.op != nullptr && depth <= kMostSteps) return add_op(said, from, depth);
  said.text += "${" + from.name + "}";
  said.is_fixed = false;
}

void ArgumentText::add_op(SaidText& said, const Origin& origin, int depth) const {
  const Op& op = *origin.op;
  auto add_operand = [&](size_t i) { add(said, origin.function, op.operands[i], depth + 1); };
  if (std::optional<std::string> constant = constant_text(op)) {
    said.text += *constant;
    return;
  }
  if (op.opcode == Opcode::Template || op.opcode == Opcode::TextAppend) {
    for (size_t i = 0; i < op.operands.size(); ++i) add_operand(i);
    return;
  }
  if (has_pieces(op)) {
    for (size_t i = 0; i < op.pieces.size(); ++i) {
      said.text += op.pieces[i].text;
      if (i < op.operands.size()) add_operand(i);
    }
    return;
  }
  said.text += "${" + origin.name + "}";
  said.is_fixed = false;
}

std::optional<SaidText> ArgumentText::of(FunctionId function, ValueId value) const {
  const Origin from = origin(function, value, 0);
  if (from.op != nullptr && (from.op->opcode == Opcode::OptNone || from.op->opcode == Opcode::Zero))
    return std::nullopt;
  SaidText said;
  add(said, function, value, 0);
  return said;
}

std::optional<std::vector<SaidText>> ArgumentText::of_list(FunctionId function,
                                                           ValueId value) const {
  const Origin from = origin(function, value, 0);
  if (from.op == nullptr || from.op->opcode != Opcode::ListMake) return std::nullopt;
  std::vector<SaidText> all;
  for (ValueId element : from.op->operands) {
    all.emplace_back();
    add(all.back(), from.function, element, 0);
  }
  return all;
}

}  // namespace pflow::ir
