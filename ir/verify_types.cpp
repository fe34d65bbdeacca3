#include "ir/error_kinds.h"
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
      case Opcode::ConstTool: return result_is(types_.tool);
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
      case Opcode::CmdMake: return from_template(types_.cmd);
      case Opcode::UrlMake: return from_template(types_.url);
      case Opcode::SqlMake: return from_template(types_.sql);
      case Opcode::Call:
      case Opcode::Invoke: return call();
      case Opcode::Each: return each();
      case Opcode::Par: return par();
      case Opcode::StreamNext:
        if (op_.slots.empty() || !op_.slots[0].valid()) return;
        return same("item", slot(op_.slots[0]), stream_item(slot(op_.slot)));
      case Opcode::StreamOf: return stream_is(result(), element_of_list(operand(0)));
      case Opcode::StreamOnCores: return stream_is(result(), stream_item(operand(0)));
      case Opcode::StreamFlatten:
        return stream_is(result(), element_of_list(stream_item(operand(0))));
      case Opcode::StreamPipe: return stream_pipe();
      case Opcode::StreamEach: return stream_each();
      case Opcode::ErrorTake: return result_is(types_.error_record);
      case Opcode::ErrorAgain:
        for (size_t i = 0; i < op_.operands.size(); ++i) operand_is(i, types_.error_record);
        return;
      case Opcode::CellLoad: return result_is(cell());
      case Opcode::CellStore: return operand_is(0, cell());
      case Opcode::Attempt: return result_is(types_.int_);
      case Opcode::TemplateText: return result_is(types_.str);
      case Opcode::Branch: return operand_is(0, types_.bool_);
      case Opcode::Fail:
        expect(find_error_kind(op_.text) != nullptr, "a kind of error");
        if (op_.operands.empty() || op_.operands.size() > 2)
          return expect(false, "a message and perhaps an exit code");
        if (op_.operands.size() == 2) operand_is(1, types_.int_);
        [[fallthrough]];
      case Opcode::Switch: return expect(types_.is_text_like(operand(0)), "a text operand");
      case Opcode::Return: return returned();
      case Opcode::Len:
        expect(is_list(operand(0)) || is_map(operand(0)) || types_.is_text_like(operand(0)),
               "text, a list or a map");
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
      case Opcode::ListTop:
        expect(is_list(operand(0)) && is_list(operand(1)), "two lists");
        operand_is(2, types_.int_);
        return result_is(operand(0));
      case Opcode::MapMake: return map_make();
      case Opcode::MapSet:
        operand_is(0, result());
        expect(types_.is_text_like(operand(1)), "a text as key");
        return operand_is(2, element_of_map(result()));
      case Opcode::MapGet: return result_is_opt_of(element_of_map(operand(0)));
      case Opcode::MapIndex: return result_is(element_of_map(operand(0)));
      case Opcode::JsonField:
        expect(types_.is_text_like(operand(1)), "a text as name");
        return unary(types_.json, types_.json);
      case Opcode::JsonItem: operand_is(1, types_.int_); return unary(types_.json, types_.json);
      case Opcode::JsonFrom: return result_is(types_.json);
      case Opcode::JsonAs: return operand_is(0, types_.json);
      case Opcode::SumMake: return operand_is(0, variant_of(result(), op_.integer));
      case Opcode::SumVariant:
        expect(types_.is(operand(0), TypeKind::Sum), "a sum type");
        return result_is(types_.int_);
      case Opcode::SumGet: return result_is(variant_of(operand(0), op_.integer));
      case Opcode::SumWiden: return sum_widen();
      case Opcode::OptNone: return expect(types_.is(result(), TypeKind::Opt), "an optional");
      case Opcode::OptSome: return operand_is(0, element_of_opt(result()));
      case Opcode::OptHas: element_of_opt(operand(0)); return result_is(types_.bool_);
      case Opcode::OptGet: return result_is(element_of_opt(operand(0)));
      case Opcode::RecordMake: return record_make();
      case Opcode::RecordGet: return record_get();
      case Opcode::Zero:
      case Opcode::SlotDrop:
      case Opcode::Drop:
      case Opcode::Jump: return;
    }
  }

 private:
  [[nodiscard]] TypeId operand(size_t index) const { return verifier_.operand(op_, index); }
  [[nodiscard]] TypeId result() const { return verifier_.type(op_.result); }
  [[nodiscard]] TypeId slot(SlotId id) const { return verifier_.function.slots[id.index].type; }
  [[nodiscard]] TypeId cell() const {
    return verifier_.module.cells[static_cast<size_t>(op_.integer)].type;
  }
  [[nodiscard]] TypeId element(TypeId type) const { return types_.get(type).element; }
  [[nodiscard]] bool is_list(TypeId type) const { return types_.is(type, TypeKind::List); }
  [[nodiscard]] bool is_map(TypeId type) const { return types_.is(type, TypeKind::Map); }
  [[nodiscard]] bool is_number(TypeId type) const { return types_.has(type, tables::Number); }

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
    // A map and the list of its entries.
    if (is_map(a) && is_list(b)) return is_entry(element(b), a);
    if (types_.kind(a) != types_.kind(b)) return false;
    return (is_list(a) || is_map(a) || types_.is(a, TypeKind::Opt)) &&
           same_form(element(a), element(b));
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
    if (inputs.size() + op_.policies.size() != op_.operands.size())
      return expect(false, "one operand a port");
    for (size_t i = 0; i < inputs.size(); ++i) operand_is(i, inputs[i]);
    policies(inputs.size());
    if (op_.callee.node.valid()) expect(op_.policies.empty(), "policies only with a flow");
    this->outputs(outputs);
    if (op_.output < 0) return;
    if (static_cast<size_t>(op_.output) >= outputs.size()) return expect(false, "an output");
    result_is(outputs[static_cast<size_t>(op_.output)]);
  }

  void outputs(const std::vector<TypeId>& types) {
    if (op_.slots.empty()) return;
    if (op_.slots.size() != types.size()) return expect(false, "one slot an output");
    for (size_t i = 0; i < op_.slots.size(); ++i)
      if (op_.slots[i].valid() && types[i].valid())
        same(fmt::format("output {}", i), slot(op_.slots[i]), types[i]);
  }

  /// The values of the policies are the operands from `first` on.
  void policies(size_t first) {
    for (size_t i = 0; i < op_.policies.size(); ++i) {
      const PolicyInfo& policy = policy_info(op_.policies[i]);
      if (policy.value == PolicyValue::Kinds)
        expect(types_.is_text_like(element_of_list(operand(first + i))), "a list of kinds");
      else if (policy.at_run_time)
        operand_is(first + i, policy_type(*verifier_.module.types, policy.policy));
      else
        expect(false, "policies of the run time");
    }
  }

  /// `count` operands from `first` on are the parameters of `callee` from `param` on.
  void captures(const Function& callee, size_t param, size_t first, size_t count) {
    if (callee.param_count != param + count) return expect(false, "one operand a parameter");
    for (size_t i = 0; i < count; ++i) operand_is(first + i, callee.slots[param + i].type);
  }

  [[nodiscard]] const Function& callee() const {
    return verifier_.module.function(op_.callee.function);
  }
  [[nodiscard]] size_t arguments() const { return op_.operands.size() - op_.policies.size(); }

  /// Checks operands of an op that runs the callee for each item of the first one.
  void items(TypeId item) {
    const Function& flow = callee();
    if (arguments() == 0 || flow.param_count == 0 || flow.results.size() > 1)
      return expect(false, "an item, and one result at most");
    same("item", flow.slots[0].type, item);
    captures(flow, 1, 1, arguments() - 1);
    policies(arguments());
  }

  void each() {
    if (op_.operands.empty()) return expect(false, "a list");
    items(element_of_list(operand(0)));
    if (op_.slots.empty()) return;
    if (op_.slots.size() != 3) return expect(false, "three outputs");
    const auto& results = callee().results;
    if (op_.slots[0].valid())
      results.empty() ? expect(false, "no results")
                      : same("results", element_of_list(slot(op_.slots[0])), results[0]);
    if (op_.slots[1].valid()) same("skipped", slot(op_.slots[1]), types_.int_);
    if (op_.slots[2].valid())
      same("errors", element_of_list(slot(op_.slots[2])), types_.item_error_record);
  }

  void par() {
    size_t operand = 0;
    std::vector<TypeId> results;
    for (const Branch& branch : op_.branches) {
      const Function& flow = verifier_.module.function(branch.flow);
      if (operand + branch.arguments > op_.operands.size())
        return expect(false, "the arguments of all branches");
      captures(flow, 0, operand, branch.arguments);
      operand += branch.arguments;
      results.insert(results.end(), flow.results.begin(), flow.results.end());
    }
    if (operand != op_.operands.size()) return expect(false, "arguments of branches alone");
    outputs(results);
  }

  TypeId stream_item(TypeId type) {
    expect(types_.is(type, TypeKind::Stream), "a stream");
    return types_.is(type, TypeKind::Stream) ? element(type) : type;
  }
  void stream_is(TypeId type, TypeId item) { same("item", stream_item(type), item); }

  void stream_pipe() {
    if (op_.operands.empty()) return expect(false, "a stream");
    const Function& function = callee();
    if (function.param_count != op_.operands.size() || function.results.size() != 2)
      return expect(false, "captured values and an item; whether to keep it, and what");
    same("item", function.slots[function.param_count - 1].type, stream_item(operand(0)));
    for (size_t i = 1; i < op_.operands.size(); ++i) operand_is(i, function.slots[i - 1].type);
    same("kept", function.results[0], types_.bool_);
    stream_is(result(), function.results[1]);
  }

  void stream_each() {
    if (op_.operands.empty()) return expect(false, "a stream");
    items(stream_item(operand(0)));
    if (!callee().results.empty()) stream_is(result(), callee().results[0]);
  }

  void from_template(TypeId type) {
    result_is(type);
    expect(op_.pieces.size() == op_.operands.size() + 1, "a piece around each hole");
  }

  [[nodiscard]] TypeId element_of_list(TypeId type) {
    expect(is_list(type), "a list");
    return is_list(type) ? element(type) : type;
  }
  [[nodiscard]] TypeId element_of_map(TypeId type) {
    expect(is_map(type), "a map");
    return is_map(type) ? element(type) : type;
  }
  void result_is_opt_of(TypeId type) {
    if (types_.is(type, TypeKind::Opt)) return result_is(type);
    same("result", element_of_opt(result()), type);
  }
  /// Whether `record` is the entry of the map.
  [[nodiscard]] bool is_entry(TypeId record, TypeId map) const {
    const auto& fields = types_.get(record).fields;
    return fields.size() == 2 && fields[0].type == types_.str && fields[1].type == element(map);
  }

  void map_make() {
    const TypeId value = element_of_map(result());
    if (op_.operands.size() % 2 != 0) return expect(false, "a value for each key");
    for (size_t i = 0; i < op_.operands.size(); i += 2) {
      expect(types_.is_text_like(operand(i)), "a text as key");
      operand_is(i + 1, value);
    }
  }

  [[nodiscard]] TypeId variant_of(TypeId sum, int64_t number) {
    const auto& variants = types_.get(sum).variants;
    const bool known = number >= 0 && static_cast<size_t>(number) < variants.size();
    expect(known, "a variant of a sum type");
    return known ? variants[static_cast<size_t>(number)] : sum;
  }

  void sum_widen() {
    const auto& from = types_.get(operand(0)).variants;
    if (from.size() != op_.integers.size()) return expect(false, "a number for each variant");
    for (size_t i = 0; i < from.size(); ++i)
      same("variant", variant_of(result(), op_.integers[i]), from[i]);
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
