#include "ir/verifier.h"

namespace pflow::ir {

namespace {

class TypeCheck {
 public:
  TypeCheck(const Verifier& verifier, const Block& block, const Op& op)
      : verifier_(verifier), types_(*verifier.module.types), block_(block), op_(op) {}

  void run() {
    switch (op_.opcode) {
      case Opcode::ConstInt: return result_is(types_.int_);
      case Opcode::ConstFloat: return result_is(types_.float_);
      case Opcode::ConstDuration: return result_is(types_.duration);
      case Opcode::ConstBool: return result_is(types_.bool_);
      case Opcode::ConstText: return expect(types_.is_text_like(result()), "a text result");
      case Opcode::SlotLoad:
      case Opcode::SlotTake: return result_is(slot(op_.slot));
      case Opcode::SlotStore: return operand_is(0, slot(op_.slot));
      case Opcode::Retain: return result_is(operand(0));
      case Opcode::Add:
      case Opcode::Sub:
      case Opcode::Mul:
      case Opcode::Div:
      case Opcode::Rem: operand_is(1, operand(0)); [[fallthrough]];
      case Opcode::Neg:
      case Opcode::Abs: result_is(operand(0)); return expect(is_number(operand(0)), "numbers");
      case Opcode::IntToFloat: return unary(types_.int_, types_.float_);
      case Opcode::FloatToInt: return unary(types_.float_, types_.int_);
      case Opcode::ParseInt: return from_text(types_.int_);
      case Opcode::ParseFloat: return from_text(types_.float_);
      case Opcode::Eq:
      case Opcode::Ne:
      case Opcode::Lt:
      case Opcode::Le: operand_is(1, operand(0)); return result_is(types_.bool_);
      case Opcode::Not: return unary(types_.bool_, types_.bool_);
      case Opcode::Template:
      case Opcode::TextAppend:
        for (size_t i = 0; i < op_.operands.size(); ++i)
          expect(types_.is_text_like(operand(i)), "text operands");
        return expect(types_.is_text_like(result()), "a text result");
      case Opcode::ToText: return expect(types_.is_text_like(result()), "a text result");
      case Opcode::Cast: return expect(same_form(operand(0), result()), "the same form");
      case Opcode::PathPart: return expect(types_.is_text_like(operand(0)), "a text operand");
      case Opcode::CmdMake:
        result_is(types_.cmd);
        return expect(op_.pieces.size() == op_.operands.size() + 1, "a piece around each hole");
      case Opcode::Call:
      case Opcode::Invoke: return call();
      case Opcode::ErrorTake: return expect(types_.is(result(), TypeKind::Record), "a record");
      case Opcode::Branch: return operand_is(0, types_.bool_);
      case Opcode::Switch:
      case Opcode::Fail: return expect(types_.is_text_like(operand(0)), "a text operand");
      case Opcode::Return: return returned();
      default: return container();
    }
  }

 private:
  [[nodiscard]] TypeId operand(size_t index) const { return verifier_.operand(op_, index); }
  [[nodiscard]] TypeId result() const { return verifier_.type(op_.result); }
  [[nodiscard]] TypeId slot(SlotId id) const { return verifier_.function.slots[id.index].type; }
  [[nodiscard]] TypeId element(TypeId type) const { return types_.get(type).element; }
  [[nodiscard]] bool is_list(TypeId type) const { return types_.is(type, TypeKind::List); }
  [[nodiscard]] bool is_number(TypeId type) const {
    return type == types_.int_ || type == types_.float_ || type == types_.duration;
  }

  void expect(bool holds, std::string_view what) {
    if (!holds) verifier_.complain(block_, op_, fmt::format("expected {}", what));
  }
  void same(std::string_view place, TypeId found, TypeId expected) {
    if (found != expected)
      verifier_.complain(block_, op_,
                         fmt::format("{}: expected `{}`, found `{}`", place, types_.name(expected),
                                     types_.name(found)));
  }
  void result_is(TypeId type) { same("result", result(), type); }
  void operand_is(size_t index, TypeId type) {
    same(fmt::format("operand {}", index), operand(index), type);
  }
  void unary(TypeId from, TypeId to) {
    operand_is(0, from);
    result_is(to);
  }
  void from_text(TypeId to) {
    expect(types_.is_text_like(operand(0)), "a text operand");
    result_is(to);
  }

  [[nodiscard]] bool same_form(TypeId a, TypeId b) const {
    if (a == b) return true;
    if (types_.is_text_like(a)) return types_.is_text_like(b);
    // A duration times an int, or divided by one.
    if (a == types_.int_ && b == types_.duration) return true;
    if (types_.kind(a) != types_.kind(b)) return false;
    return (is_list(a) || types_.is(a, TypeKind::Opt)) && same_form(element(a), element(b));
  }

  void container() {
    switch (op_.opcode) {
      case Opcode::Len:
        expect(is_list(operand(0)) || types_.is_text_like(operand(0)), "text or a list");
        return result_is(types_.int_);
      case Opcode::Index:
        operand_is(1, types_.int_);
        return result_is(is_list(operand(0)) ? element(operand(0)) : operand(0));
      case Opcode::Slice:
        operand_is(1, types_.int_);
        operand_is(2, types_.int_);
        return result_is(operand(0));
      case Opcode::Contains:
        if (is_list(operand(0))) operand_is(1, element(operand(0)));
        return result_is(types_.bool_);
      case Opcode::ListMake:
        if (!is_list(result())) return expect(false, "a list");
        for (size_t i = 0; i < op_.operands.size(); ++i) operand_is(i, element(result()));
        return;
      case Opcode::ListPush:
        if (!is_list(result())) return expect(false, "a list");
        operand_is(0, result());
        return operand_is(1, element(result()));
      case Opcode::ListConcat: operand_is(1, operand(0)); return result_is(operand(0));
      case Opcode::ListSortBy:
        expect(is_list(operand(0)) && is_list(operand(1)), "two lists");
        return result_is(operand(0));
      case Opcode::OptNone: return expect(types_.is(result(), TypeKind::Opt), "an optional");
      case Opcode::OptSome: return operand_is(0, element_of_opt(result()));
      case Opcode::OptHas: element_of_opt(operand(0)); return result_is(types_.bool_);
      case Opcode::OptGet: return result_is(element_of_opt(operand(0)));
      case Opcode::RecordMake: return record_make();
      case Opcode::RecordGet: return record_get();
      default: return;
    }
  }

  TypeId element_of_opt(TypeId type) {
    expect(types_.is(type, TypeKind::Opt), "an optional");
    return types_.is(type, TypeKind::Opt) ? element(type) : type;
  }

  void record_make() {
    const auto& fields = types_.get(result()).fields;
    if (!types_.is(result(), TypeKind::Record) || fields.size() != op_.operands.size())
      return expect(false, "one operand a field");
    for (size_t i = 0; i < fields.size(); ++i) operand_is(i, fields[i].type);
  }

  void record_get() {
    const auto& fields = types_.get(operand(0)).fields;
    if (static_cast<size_t>(op_.integer) >= fields.size()) return expect(false, "a field");
    result_is(fields[static_cast<size_t>(op_.integer)].type);
  }

  void call() {
    std::vector<TypeId> inputs;
    std::vector<TypeId> outputs;
    if (op_.callee.node.valid()) {
      const Node& node = verifier_.module.node(op_.callee.node);
      for (const NodePort& port : node.ports) inputs.push_back(port.type);
      for (const NodePort& port : node.outputs) outputs.push_back(port.type);
    } else {
      const Function& callee = verifier_.module.function(op_.callee.function);
      for (size_t i = 0; i < callee.param_count; ++i) inputs.push_back(callee.slots[i].type);
      outputs = callee.results;
    }
    if (inputs.size() != op_.operands.size()) return expect(false, "one operand a port");
    for (size_t i = 0; i < inputs.size(); ++i) operand_is(i, inputs[i]);
    if (!op_.slots.empty() && op_.slots.size() != outputs.size())
      return expect(false, "one slot an output");
    for (size_t i = 0; i < op_.slots.size(); ++i)
      if (op_.slots[i].valid()) same(fmt::format("output {}", i), slot(op_.slots[i]), outputs[i]);
    if (op_.output < 0) return;
    if (static_cast<size_t>(op_.output) >= outputs.size()) return expect(false, "an output");
    result_is(outputs[static_cast<size_t>(op_.output)]);
  }

  void returned() {
    const auto& results = verifier_.function.results;
    if (results.size() != op_.operands.size()) return expect(false, "one operand a result");
    for (size_t i = 0; i < results.size(); ++i) operand_is(i, results[i]);
  }

  const Verifier& verifier_;
  const TypeTable& types_;
  const Block& block_;
  const Op& op_;
};

}  // namespace

void verify_types(const Verifier& verifier, const Block& block, const Op& op) {
  TypeCheck(verifier, block, op).run();
}

}  // namespace pflow::ir
