// A slot of a record whose parts are changed in place becomes a slot a field: a field that a
// branch changes is then in no record that waits for the branches to meet.
#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "ir/passes/drops.h"

namespace pflow::ir {

namespace {

/// Loops seldom build wide records, and each store of one is as many ops.
constexpr size_t kMostFields = 16;

class RecordSplitter {
 public:
  RecordSplitter(const Module& module, Function& function)
      : module_(module), types_(*module.types), function_(function) {}

  void run() {
    // What is in a field may be a record, too.
    while (choose()) {
      find_stored();
      for (Block& block : function_.blocks) split(block);
      store_parameters();
      remove_unread();
    }
  }

 private:
  using Parts = std::vector<ValueId>;

  /// Gives the slots that are split next their fields; whether there are any.
  bool choose() {
    fields_.clear();
    find_made();
    if (made_types_.empty()) return false;
    const std::vector<bool> changed = changed_slots(module_, function_);
    const std::vector<bool> fixed = find_fixed();
    for (size_t i = 0; i < changed.size(); ++i)
      if (changed[i] && !fixed[i] && is_built(function_.slots[i].type)) add_fields(i);
    return !fields_.empty();
  }

  /// Slots that stay whole: the outputs of calls, and parameters that the caller owns or
  /// that are split already.
  [[nodiscard]] std::vector<bool> find_fixed() const {
    std::vector<bool> fixed(function_.slots.size(), false);
    bool returns_to_entry = false;
    for (const Block& block : function_.blocks) {
      for (BlockId next : successors(block)) returns_to_entry |= next.index == 0;
      for (const Op& op : block.ops)
        for (SlotId slot : op.slots)
          if (slot.valid()) fixed[slot.index] = true;
    }
    for (size_t i = 0; i < function_.param_count; ++i)
      if (returns_to_entry || !function_.slots[i].handed_over || split_parameters_.contains(i))
        fixed[i] = true;
    return fixed;
  }

  void find_made() {
    made_types_.clear();
    for (const Block& block : function_.blocks)
      for (const Op& op : block.ops)
        if (op.opcode == Opcode::RecordMake)
          made_types_.insert(function_.values[op.result.index].type);
  }

  /// Whether the function makes such records anew, and does not just read them.
  [[nodiscard]] bool is_built(TypeId type) const {
    return made_types_.contains(type) && types_.get(type).fields.size() <= kMostFields;
  }

  void add_fields(size_t slot) {
    const std::string base = function_.slots[slot].name + ".";
    for (const Field& field : types_.get(function_.slots[slot].type).fields) {
      std::string name = base + field.name;
      while (std::ranges::find(function_.slots, name, &Slot::name) != function_.slots.end())
        name += "_";
      function_.slots.push_back({name, field.type});
      fields_[SlotId(slot)].emplace_back(function_.slots.size() - 1);
    }
  }

  [[nodiscard]] const std::vector<SlotId>* fields_of(SlotId slot) const {
    const auto found = fields_.find(slot);
    return found == fields_.end() ? nullptr : &found->second;
  }

  /// Records that are made for slots that are split need not be made.
  void find_stored() {
    stored_.assign(function_.values.size(), false);
    for (const Block& block : function_.blocks)
      for (const Op& op : block.ops)
        if (op.opcode == Opcode::SlotStore && fields_of(op.slot) != nullptr)
          stored_[op.operands[0].index] = true;
  }

  void split(Block& block) {
    made_.clear();
    for (Op& op : block.ops) split(std::move(op));
    block.ops = std::move(made_);
  }

  void split(Op op) {
    if (op.opcode == Opcode::RecordGet && split_get(op)) return;
    for (ValueId& operand : op.operands) operand = replacement(operand);
    if (op.opcode == Opcode::SlotStore && fields_of(op.slot) != nullptr) return split_store(op);
    for (ValueId& operand : op.operands) operand = whole(operand, op.span);
    if (op.opcode == Opcode::SlotLoad && fields_of(op.slot) != nullptr)
      parts_[op.result] = load_fields(op);
    else if (op.opcode == Opcode::RecordMake && stored_[op.result.index])
      parts_[op.result] = op.operands;
    else
      made_.push_back(std::move(op));
  }

  bool split_get(const Op& get) {
    const auto parts = parts_.find(replacement(get.operands[0]));
    if (parts == parts_.end()) return false;
    replaced_[get.result] = parts->second[static_cast<size_t>(get.integer)];
    return true;
  }

  void split_store(const Op& store) {
    const auto parts = parts_.find(store.operands[0]);
    const Parts values =
        parts != parts_.end() ? parts->second : get_fields(store.operands[0], store.span);
    const std::vector<SlotId>& slots = *fields_of(store.slot);
    for (size_t i = 0; i < slots.size(); ++i) {
      Op field = new_op(Opcode::SlotStore, store.span, {values[i]});
      field.slot = slots[i];
      made_.push_back(std::move(field));
    }
  }

  Parts load_fields(const Op& load) {
    Parts values;
    for (SlotId slot : *fields_of(load.slot)) {
      Op field = new_op(Opcode::SlotLoad, load.span, {});
      field.slot = slot;
      values.push_back(add(std::move(field), function_.slots[slot.index].type));
    }
    return values;
  }

  Parts get_fields(ValueId record, Span span) {
    Parts values;
    const TypeId type = function_.values[record.index].type;
    for (size_t i = 0; i < types_.get(type).fields.size(); ++i) {
      Op get = new_op(Opcode::RecordGet, span, {record});
      get.integer = static_cast<int64_t>(i);
      values.push_back(add(std::move(get), types_.get(type).fields[i].type));
    }
    return values;
  }

  /// The value as one record, which is made when something first needs it.
  ValueId whole(ValueId value, Span span) {
    const auto parts = parts_.find(value);
    if (parts == parts_.end()) return value;
    ValueId& made = wholes_[value];
    if (!made.valid())
      made =
          add(new_op(Opcode::RecordMake, span, parts->second), function_.values[value.index].type);
    return made;
  }

  static Op new_op(Opcode opcode, Span span, Parts operands) {
    Op op;
    op.opcode = opcode;
    op.span = span;
    op.operands = std::move(operands);
    return op;
  }

  ValueId add(Op op, TypeId type) {
    function_.values.push_back({type, ""});
    op.result = ValueId(function_.values.size() - 1);
    made_.push_back(std::move(op));
    return made_.back().result;
  }

  [[nodiscard]] ValueId replacement(ValueId value) const {
    const auto found = replaced_.find(value);
    return found == replaced_.end() ? value : found->second;
  }

  /// A parameter comes as a whole.
  void store_parameters() {
    made_.clear();
    const Span span = function_.span;
    for (size_t i = 0; i < function_.param_count; ++i) {
      if (fields_of(SlotId(i)) == nullptr) continue;
      split_parameters_.insert(i);
      Op load = new_op(Opcode::SlotLoad, span, {});
      load.slot = SlotId(i);
      const ValueId record = add(std::move(load), function_.slots[i].type);
      Op store = new_op(Opcode::SlotStore, span, {record});
      store.slot = SlotId(i);
      split_store(store);
    }
    std::vector<Op>& entry = function_.blocks[0].ops;
    entry.insert(entry.begin(), std::make_move_iterator(made_.begin()),
                 std::make_move_iterator(made_.end()));
  }

  /// A load of a field that nobody reads would keep it alive.
  void remove_unread() {
    std::vector<bool> read(function_.values.size(), false);
    for (const Block& block : function_.blocks)
      for (const Op& op : block.ops)
        for (ValueId operand : op.operands) read[operand.index] = true;
    for (Block& block : function_.blocks)
      std::erase_if(block.ops, [&](const Op& op) {
        return op.opcode == Opcode::SlotLoad && !read[op.result.index];
      });
  }

  const Module& module_;
  const TypeTable& types_;
  Function& function_;
  std::unordered_map<SlotId, std::vector<SlotId>> fields_;  ///< of the slots that are split now
  std::unordered_set<size_t> split_parameters_;
  std::unordered_set<TypeId> made_types_;
  std::vector<bool> stored_;                     ///< by value: whether a slot that is split gets it
  std::unordered_map<ValueId, Parts> parts_;     ///< of records that need not be whole
  std::unordered_map<ValueId, ValueId> wholes_;  ///< those of them that something needs whole
  std::unordered_map<ValueId, ValueId> replaced_;
  std::vector<Op> made_;
};

}  // namespace

void split_records(const Module& module, Function& function) {
  RecordSplitter(module, function).run();
}

}  // namespace pflow::ir
