#include "ir/builder.h"

namespace pflow::ir {

Builder::Builder(TypeTable& types, FunctionKind kind, std::string name, Span span)
    : types_(types), span_(span) {
  function_.kind = kind;
  function_.name = std::move(name);
  function_.span = span;
}

std::string Builder::unique(std::unordered_map<std::string, int>& used, std::string_view name) {
  std::string made(name);
  for (int n = ++used[made]; n > 1; ++n) {
    made = std::string(name) + "." + std::to_string(n);
    if (++used[made] == 1) break;
  }
  return made;
}

SlotId Builder::param(std::string_view name, TypeId type) {
  ++function_.param_count;
  return slot(name, type);
}

SlotId Builder::slot(std::string_view name, TypeId type) {
  function_.slots.push_back({unique(slot_names_, name), type});
  return SlotId(function_.slots.size() - 1);
}

BlockId Builder::block(std::string_view name) {
  Block made;
  made.name = unique(block_names_, name);
  made.unwind = unwind_;
  function_.blocks.push_back(std::move(made));
  return BlockId(function_.blocks.size() - 1);
}

bool Builder::open() const {
  const Block& block = function_.blocks[current_.index];
  return block.ops.empty() || !block.ops.back().is_terminator();
}

Op& Builder::append(Op op, TypeId type, std::string_view name) {
  std::vector<Op>& ops = function_.blocks[current_.index].ops;
  if (type.valid()) {
    function_.values.push_back({type, std::string(name)});
    places_.push_back({current_, ops.size()});
    op.result = ValueId(function_.values.size() - 1);
  }
  return ops.emplace_back(std::move(op));
}

SlotId Builder::carrier(ValueId value) {
  auto [at, fresh] = carriers_.try_emplace(value);
  if (!fresh) return at->second;
  const Value& made = function_.values[value.index];
  at->second = slot(made.name.empty() ? "carried" : made.name, made.type);
  Op store;
  store.opcode = Opcode::SlotStore;
  store.span = definition(value).span;
  store.operands = {value};
  store.slot = at->second;
  std::vector<Op>& ops = function_.blocks[places_[value.index].block.index].ops;
  bool closed = ops.back().is_terminator();
  ops.insert(ops.end() - (closed ? 1 : 0), std::move(store));
  return at->second;
}

ValueId Builder::local(ValueId value) {
  if (places_[value.index].block == current_) return value;
  Op op = definition(value);
  TypeId type = this->type(value);
  bool repeat = op.opcode == Opcode::SlotLoad ||
                (op.operands.empty() && op.info().operands == 0 && op.info().flags == 0);
  if (repeat) return append(std::move(op), type, function_.values[value.index].name).result;
  return load(carrier(value));
}

Op& Builder::add(Opcode opcode, std::vector<ValueId> operands, TypeId type, std::string_view name) {
  for (ValueId& operand : operands) operand = local(operand);
  Op op;
  op.opcode = opcode;
  op.span = span_;
  op.operands = std::move(operands);
  return append(std::move(op), type, name);
}

ValueId Builder::const_int(int64_t value) {
  Op& op = add(Opcode::ConstInt, {}, types_.int_);
  op.integer = value;
  return op.result;
}

ValueId Builder::const_bool(bool value) {
  Op& op = add(Opcode::ConstBool, {}, types_.bool_);
  op.integer = value ? 1 : 0;
  return op.result;
}

ValueId Builder::const_duration(int64_t nanoseconds) {
  Op& op = add(Opcode::ConstDuration, {}, types_.duration);
  op.integer = nanoseconds;
  return op.result;
}

ValueId Builder::const_float(double value) {
  Op& op = add(Opcode::ConstFloat, {}, types_.float_);
  op.floating = value;
  return op.result;
}

ValueId Builder::const_text(std::string_view text, TypeId type) {
  Op& op = add(Opcode::ConstText, {}, type);
  op.text = text;
  return op.result;
}

ValueId Builder::load(SlotId slot) {
  const Slot from = function_.slots[slot.index];
  Op& op = add(Opcode::SlotLoad, {}, from.type, from.name);
  op.slot = slot;
  return op.result;
}

void Builder::store(SlotId slot, ValueId value) { add(Opcode::SlotStore, {value}).slot = slot; }

void Builder::jump(BlockId target) { add(Opcode::Jump, {}).target = target; }

void Builder::branch(ValueId condition, BlockId then, BlockId otherwise) {
  Op& op = add(Opcode::Branch, {condition});
  op.target = then;
  op.target_false = otherwise;
}

}  // namespace pflow::ir
