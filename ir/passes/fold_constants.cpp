// Folds constants. Needs nothing. Works inside blocks: ops whose operands are
// constants become constants, neighbouring constant pieces of a template one
// piece, a branch or switch on a constant a jump. What would fail stays.
#include <fmt/format.h>

#include <array>
#include <deque>
#include <utility>

#include "ir/passes/passes.h"
#include "support/check.h"

namespace pflow::ir {

namespace {

class Folder {
 public:
  Folder(const TypeTable& types, Function& function)
      : types_(types), function_(function), known_(function.values.size()) {}

  void run() {
    for (Block& block : function_.blocks) {
      made_.clear();
      for (Op& op : block.ops) fold(std::move(op));
      block.ops = std::move(made_);
    }
  }

 private:
  /// The constant op that made the value, or null.
  [[nodiscard]] const Op* known(ValueId value) const { return known_[value.index]; }

  /// How an op with known operands is folded; an op without a row stays.
  struct Rule {
    Opcode opcode;
    void (Folder::*fold)(Op& op);
  };
  static const std::array<Rule, 16> kRules;

  void fold(Op op) {
    for (const Rule& rule : kRules)
      if (rule.opcode == op.opcode) {
        (this->*rule.fold)(op);
        break;
      }
    if (op.result.valid() && is_constant(op))
      known_[op.result.index] = &constants_.emplace_back(op);
    made_.push_back(std::move(op));
  }

  static bool is_text(const Op& op) { return op.opcode == Opcode::ConstText; }
  static bool is_constant(const Op& op) {
    return op.opcode == Opcode::ConstInt || op.opcode == Opcode::ConstBool ||
           op.opcode == Opcode::ConstFloat || op.opcode == Opcode::ConstDuration || is_text(op);
  }

  static void become(Op& op, Opcode opcode) {
    op.opcode = opcode;
    op.operands.clear();
  }
  static void become_bool(Op& op, bool value) {
    op.integer = value ? 1 : 0;
    become(op, Opcode::ConstBool);
  }
  static void become_text(Op& op, std::string text) {
    op.text = std::move(text);
    become(op, Opcode::ConstText);
  }
  void become_number(Op& op, int64_t value) {
    op.integer = value;
    become(op, function_.values[op.result.index].type == types_.duration ? Opcode::ConstDuration
                                                                         : Opcode::ConstInt);
  }

  void fold_arithmetic(Op& op) {
    const Op* a = known(op.operands[0]);
    const Op* b = known(op.operands[1]);
    if (a == nullptr || b == nullptr) return;
    if (a->opcode == Opcode::ConstFloat) {
      op.floating = op.opcode == Opcode::Add   ? a->floating + b->floating
                    : op.opcode == Opcode::Sub ? a->floating - b->floating
                                               : a->floating * b->floating;
      return become(op, Opcode::ConstFloat);
    }
    int64_t value = 0;
    const bool overflow =
        op.opcode == Opcode::Add   ? __builtin_add_overflow(a->integer, b->integer, &value)
        : op.opcode == Opcode::Sub ? __builtin_sub_overflow(a->integer, b->integer, &value)
                                   : __builtin_mul_overflow(a->integer, b->integer, &value);
    if (!overflow) become_number(op, value);
  }

  void fold_negation(Op& op) {
    const Op* value = known(op.operands[0]);
    if (value == nullptr) return;
    if (value->opcode == Opcode::ConstFloat) {
      op.floating = -value->floating;
      become(op, Opcode::ConstFloat);
    } else if (value->integer != INT64_MIN) {
      become_number(op, -value->integer);
    }
  }

  void fold_comparison(Op& op) {
    const Op* a = known(op.operands[0]);
    const Op* b = known(op.operands[1]);
    if (a == nullptr || b == nullptr) return;
    bool equal = a->integer == b->integer;
    bool less = a->integer < b->integer;
    bool less_equal = a->integer <= b->integer;
    if (a->opcode == Opcode::ConstFloat) {
      equal = a->floating == b->floating;
      less = a->floating < b->floating;
      less_equal = a->floating <= b->floating;
    } else if (is_text(*a)) {
      equal = a->text == b->text;
      less = a->text < b->text;
      less_equal = a->text <= b->text;
    }
    if (op.opcode == Opcode::Eq) return become_bool(op, equal);
    if (op.opcode == Opcode::Ne) return become_bool(op, !equal);
    if (op.opcode == Opcode::Lt) return become_bool(op, less);
    PFLOW_CHECK(op.opcode == Opcode::Le, "a further comparison");
    become_bool(op, less_equal);
  }

  void fold_not(Op& op) {
    if (const Op* value = known(op.operands[0])) become_bool(op, value->integer == 0);
  }

  void fold_int_to_float(Op& op) {
    const Op* value = known(op.operands[0]);
    if (value == nullptr) return;
    op.floating = static_cast<double>(value->integer);
    become(op, Opcode::ConstFloat);
  }

  void fold_cast(Op& op) {
    const Op* value = known(op.operands[0]);
    if (value != nullptr && is_text(*value)) become_text(op, value->text);
  }

  void fold_to_text(Op& op) {
    const Op* value = known(op.operands[0]);
    if (value == nullptr) return;
    if (value->opcode == Opcode::ConstInt) return become_text(op, fmt::to_string(value->integer));
    if (value->opcode == Opcode::ConstBool)
      return become_text(op, value->integer != 0 ? "true" : "false");
  }

  ValueId add_text(std::string text, Span span) {
    Op op;
    op.opcode = Opcode::ConstText;
    op.span = span;
    op.text = std::move(text);
    function_.values.push_back({types_.str, ""});
    op.result = ValueId(function_.values.size() - 1);
    known_.push_back(&constants_.emplace_back(op));
    made_.push_back(std::move(op));
    return ValueId(function_.values.size() - 1);
  }

  void fold_template(Op& op) {
    std::vector<ValueId> pieces;
    for (ValueId operand : op.operands) {
      const Op* now = known(operand);
      const Op* before = pieces.empty() ? nullptr : known(pieces.back());
      if (now != nullptr && now->text.empty()) continue;
      if (now == nullptr || before == nullptr) {
        pieces.push_back(operand);
        continue;
      }
      std::string joined = before->text + now->text;
      pieces.back() = add_text(std::move(joined), op.span);
    }
    if (pieces.empty()) return become_text(op, "");
    const Op* only = pieces.size() == 1 ? known(pieces.front()) : nullptr;
    if (only != nullptr) return become_text(op, only->text);
    op.operands = std::move(pieces);
  }

  void fold_append(Op& op) {
    const Op* a = known(op.operands[0]);
    const Op* b = known(op.operands[1]);
    if (a != nullptr && b != nullptr) become_text(op, a->text + b->text);
  }

  void fold_branch(Op& op) {
    const Op* condition = known(op.operands[0]);
    if (condition == nullptr) return;
    if (condition->integer == 0) op.target = op.target_false;
    op.target_false = {};
    become(op, Opcode::Jump);
  }

  void fold_switch(Op& op) {
    const Op* value = known(op.operands[0]);
    if (value == nullptr) return;
    for (const Edge& edge : op.edges)
      if (edge.label == value->text) op.target = edge.target;
    op.edges.clear();
    become(op, Opcode::Jump);
  }

  const TypeTable& types_;
  Function& function_;
  std::deque<Op> constants_;
  std::vector<const Op*> known_;  ///< by value
  std::vector<Op> made_;
};

constexpr std::array<Folder::Rule, 16> Folder::kRules = {{
    {Opcode::Add, &Folder::fold_arithmetic},
    {Opcode::Sub, &Folder::fold_arithmetic},
    {Opcode::Mul, &Folder::fold_arithmetic},
    {Opcode::Eq, &Folder::fold_comparison},
    {Opcode::Ne, &Folder::fold_comparison},
    {Opcode::Lt, &Folder::fold_comparison},
    {Opcode::Le, &Folder::fold_comparison},
    {Opcode::Not, &Folder::fold_not},
    {Opcode::Neg, &Folder::fold_negation},
    {Opcode::IntToFloat, &Folder::fold_int_to_float},
    {Opcode::Cast, &Folder::fold_cast},
    {Opcode::ToText, &Folder::fold_to_text},
    {Opcode::Template, &Folder::fold_template},
    {Opcode::TextAppend, &Folder::fold_append},
    {Opcode::Branch, &Folder::fold_branch},
    {Opcode::Switch, &Folder::fold_switch},
}};

}  // namespace

void fold_constants(Module& module) {
  for (Function& function : module.functions) Folder(*module.types, function).run();
}

}  // namespace pflow::ir
