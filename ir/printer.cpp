#include <fmt/format.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "ir/ir.h"

namespace pflow::ir {

namespace {

/// One function that is no template: formatting at each call costs seconds to compile.
void append(std::string& out, std::initializer_list<std::string_view> pieces) {
  for (std::string_view piece : pieces) out += piece;
}

std::string quoted(std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out = "\"";
  for (char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\t': out += "\\t"; break;
      case '\r': out += "\\r"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20)
          append(out, {"\\u{", c < 0x10 ? "" : "1", std::string_view(&kHex[c & 0xF], 1), "}"});
        else
          out += c;
    }
  }
  return out + '"';
}

/// Prints one function. Slots go by their own names; a loaded value is called
/// `NAME.v`, one without a name by its number in the function.
class FunctionPrinter {
 public:
  FunctionPrinter(const Module& module, const Function& function, std::string& out)
      : module_(module), function_(function), types_(*module.types), out_(out) {
    name_values();
  }

  void run() {
    header();
    for (size_t i = function_.param_count; i < function_.slots.size(); ++i)
      put({"  slot %", function_.slots[i].name, ": ", types_.name(function_.slots[i].type), "\n"});
    for (const Block& block : function_.blocks) print(block);
    out_ += "}\n";
  }

 private:
  void put(std::initializer_list<std::string_view> pieces) { append(out_, pieces); }

  void name_values() {
    std::unordered_set<std::string> taken;
    for (const Slot& slot : function_.slots) taken.insert(slot.name);
    std::unordered_map<std::string_view, int> numbers;
    names_.resize(function_.values.size());
    size_t next = 0;
    for (const Block& block : function_.blocks) {
      for (const Op& op : block.ops) {
        if (!op.result.valid()) continue;
        const std::string& source = function_.values[op.result.index].name;
        std::string name = source.empty() ? std::to_string(next++) : source + ".v";
        for (int& n = numbers[source]; !taken.insert(name).second;)
          name = source + ".v" + std::to_string(++n + 1);
        names_[op.result.index] = std::move(name);
      }
    }
  }

  void header() {
    put({function_.kind == FunctionKind::Flow ? "flow" : "func", " @", function_.name, "("});
    for (size_t i = 0; i < function_.param_count; ++i)
      put({i == 0 ? "" : ", ", "%", function_.slots[i].name, ": ",
           types_.name(function_.slots[i].type)});
    out_ += ')';
    for (size_t i = 0; i < function_.results.size(); ++i) {
      bool named = i < function_.result_names.size() && !function_.result_names[i].empty();
      put({i == 0 ? " -> " : ", ", named ? function_.result_names[i] : "", named ? ": " : "",
           types_.name(function_.results[i])});
    }
    out_ += " {\n";
  }

  std::string value(ValueId id) const {
    if (id.index >= names_.size() || names_[id.index].empty()) return "%?";
    return "%" + names_[id.index];
  }
  std::string slot(SlotId id) const {
    return id.index < function_.slots.size() ? "%" + function_.slots[id.index].name : "%?";
  }
  std::string block(BlockId id) const {
    return id.index < function_.blocks.size() ? "^" + function_.blocks[id.index].name : "^?";
  }

  void print(const Block& block) {
    put({"\n^", block.name});
    if (block.unwind.valid()) put({" unwind ", this->block(block.unwind)});
    out_ += ":\n";
    for (const Op& op : block.ops) {
      out_ += "  ";
      if (op.result.valid()) put({value(op.result), " = "});
      out_ += op.info().text;
      print(op);
      if (op.result.valid()) put({" : ", types_.name(function_.values[op.result.index].type)});
      if (op.opcode == Opcode::Invoke && block.unwind.valid())
        put({" unwind ", this->block(block.unwind)});
      out_ += '\n';
    }
  }

  void operands(const Op& op) {
    for (size_t i = 0; i < op.operands.size(); ++i)
      put({i == 0 ? " " : ", ", value(op.operands[i])});
  }

  void print(const Op& op) {
    switch (op.info().fields) {
      case OpFields::None: return operands(op);
      case OpFields::Integer: put({" ", std::to_string(op.integer)}); return;
      case OpFields::Tool: put({" @", module_.function(op.callee.function).name}); return;
      case OpFields::Cell:
        put({" ", module_.cells[static_cast<size_t>(op.integer)].name});
        return operands(op);
      case OpFields::Boolean: out_ += op.integer != 0 ? " true" : " false"; return;
      case OpFields::Floating: put({" ", fmt::to_string(op.floating)}); return;
      case OpFields::Text: put({" ", quoted(op.text)}); return;
      case OpFields::Slot:
        put({" ", slot(op.slot), op.operands.empty() ? "" : ","});
        return operands(op);
      case OpFields::Field:
        operands(op);
        put({", ", field(op)});
        return;
      case OpFields::Variant:
        operands(op);
        put({", ", std::to_string(op.integer)});
        return;
      case OpFields::Variants:
        operands(op);
        for (int64_t variant : op.integers) put({", ", std::to_string(variant)});
        return;
      case OpFields::Pieces: return pieces(op);
      case OpFields::Items: return each(op);
      case OpFields::Branches: return par(op);
      case OpFields::Pull:
        put({" ", slot(op.slot)});
        outputs(op);
        put({" [item: ", block(op.target), ", end: ", block(op.target_false), "]"});
        return;
      case OpFields::Callee: return call(op);
      case OpFields::Kind: put({" ", op.text, ","}); return operands(op);
      case OpFields::Target: put({" ", block(op.target)}); return;
      case OpFields::Targets:
        operands(op);
        put({", ", block(op.target), ", ", block(op.target_false)});
        return;
      case OpFields::Cases: operands(op); return targets(op);
    }
  }

  std::string field(const Op& op) const {
    TypeId record = function_.values[op.operands[0].index].type;
    const auto& fields = types_.get(record).fields;
    auto index = static_cast<size_t>(op.integer);
    return index < fields.size() ? fields[index].name : std::to_string(op.integer);
  }

  void pieces(const Op& op) {
    for (size_t i = 0; i < op.pieces.size(); ++i) {
      const TemplatePiece& piece = op.pieces[i];
      put({i == 0 ? " " : ", ", quoted(piece.text)});
      if (i >= op.operands.size()) continue;
      put({", ", value(op.operands[i]), piece.begins_word ? " word" : "",
           piece.after_dashes ? " dashes" : "", piece.is_parameters ? " parameters" : "",
           op.opcode == Opcode::UrlMake ? part(piece) : ""});
    }
  }

  static std::string_view part(const TemplatePiece& piece) {
    switch (piece.part) {
      case UrlPart::Base: return " base";
      case UrlPart::Path: return " path";
      case UrlPart::Query: return " query";
      case UrlPart::Fragment: break;
    }
    return " fragment";
  }

  /// `(a, b)` of `count` operands from `first` on.
  void arguments(const Op& op, size_t first, size_t count) {
    out_ += '(';
    for (size_t i = 0; i < count; ++i) put({i == 0 ? "" : ", ", value(op.operands[first + i])});
    out_ += ')';
  }

  void policies(const Op& op) {
    if (op.policies.empty() && !op.skips) return;
    const size_t first = op.operands.size() - op.policies.size();
    out_ += " {";
    for (size_t i = 0; i < op.policies.size(); ++i)
      put({i == 0 ? "" : ", ", policy_info(op.policies[i]).word, ": ",
           value(op.operands[first + i])});
    if (op.skips) out_ += op.policies.empty() ? "skip" : ", skip";
    out_ += '}';
  }

  void each(const Op& op) {
    put({" ", value(op.operands[0]), " @", module_.function(op.callee.function).name});
    arguments(op, 1, op.operands.size() - op.policies.size() - 1);
    policies(op);
    if (op.opcode != Opcode::Each) return;
    static constexpr std::string_view kOutputs[] = {"results", "skipped", "errors"};
    bool first = true;
    for (size_t i = 0; i < op.slots.size() && i < 3; ++i) {
      if (!op.slots[i].valid()) continue;
      put({first ? " -> [" : ", ", kOutputs[i], ": ", slot(op.slots[i])});
      first = false;
    }
    if (!first) out_ += ']';
    targets(op);
    if (op.site.valid()) put({" site ", quoted(module_.sites[op.site.index].id)});
  }

  void par(const Op& op) {
    size_t operand = 0;
    size_t output = 0;
    for (const Branch& branch : op.branches) {
      const Function& flow = module_.function(branch.flow);
      put({operand == 0 && output == 0 && &branch == op.branches.data() ? " " : ", ", "@",
           flow.name});
      arguments(op, operand, branch.arguments);
      operand += branch.arguments;
      for (size_t i = 0; i < flow.results.size() && output < op.slots.size(); ++i, ++output)
        if (op.slots[output].valid()) put({" -> ", slot(op.slots[output])});
    }
    targets(op);
  }

  void call(const Op& op) {
    bool node = op.callee.node.valid();
    put({" @",
         node ? module_.node(op.callee.node).name : module_.function(op.callee.function).name});
    arguments(op, 0, op.operands.size() - op.policies.size());
    policies(op);
    outputs(op);
    if (op.opcode == Opcode::Invoke) targets(op);
    if (op.site.valid()) put({" site ", quoted(module_.sites[op.site.index].id)});
  }

  std::string output(const Op& op, size_t index) const {
    std::string_view name;
    if (op.opcode == Opcode::StreamNext) return "item";
    if (op.callee.node.valid()) {
      name = module_.node(op.callee.node).outputs[index].name;
    } else {
      const auto& names = module_.function(op.callee.function).result_names;
      if (index < names.size()) name = names[index];
    }
    return name.empty() ? std::to_string(index) : std::string(name);
  }

  void outputs(const Op& op) {
    bool first = true;
    for (size_t i = 0; i < op.slots.size(); ++i) {
      if (!op.slots[i].valid()) continue;
      put({first ? " -> [" : ", ", output(op, i), ": ", slot(op.slots[i])});
      first = false;
    }
    if (!first) out_ += ']';
    if (op.output > 0) put({" result ", output(op, static_cast<size_t>(op.output))});
  }

  void targets(const Op& op) {
    put({" [default: ", block(op.target)});
    for (const Edge& edge : op.edges) put({", ", quoted(edge.label), ": ", block(edge.target)});
    out_ += ']';
  }

  const Module& module_;
  const Function& function_;
  const TypeTable& types_;
  std::string& out_;
  std::vector<std::string> names_;
};

void print_ports(const TypeTable& types, const std::vector<NodePort>& ports, std::string& out) {
  out += '(';
  for (size_t i = 0; i < ports.size(); ++i)
    append(out, {i == 0 ? "" : ", ", ports[i].name, ": ", types.name(ports[i].type)});
  out += ')';
}

void print_node(const TypeTable& types, const Node& node, std::string& out) {
  append(out, {"node @", node.name});
  for (size_t i = 0; i < node.type_arguments.size(); ++i)
    append(out, {i == 0 ? "<" : ", ", types.name(node.type_arguments[i].second),
                 i + 1 == node.type_arguments.size() ? ">" : ""});
  print_ports(types, node.ports, out);
  out += " -> ";
  print_ports(types, node.outputs, out);
  append(out, {" in ", node.module});
  if (node.pure) out += " pure";
  if (node.async) out += " async";
  if (node.preflight) out += " preflight";
  if (node.settings) out += " settings";
  for (const std::string& key : node.keys) append(out, {" key ", quoted(key)});
  if (node.network) out += " network";
  if (node.offline) out += " offline";
  if (node.repeatable) out += " repeatable";
  if (node.loaders) out += " loaders";
  if (node.version != 1) out += fmt::format(" version {}", node.version);
  for (const std::string& action : node.actions) out += ' ' + quoted(action);
  if (node.foreign) {
    out += " by";
    for (const std::string& word : node.foreign->words) out += ' ' + quoted(word);
    for (const int64_t option : node.foreign->options) out += fmt::format(" {}", option);
  }
  out += '\n';
}

void print_entry(const Module& module, std::string& out) {
  append(out,
         {"entry @", module.function(module.entry).name, module.durable ? " durable\n" : "\n"});
  for (const EntryParam& param : module.entry_params) {
    append(out, {"param ", param.name, ": ", module.types->name(param.type)});
    if (param.default_function.valid())
      append(out, {" = @", module.function(param.default_function).name});
    if (param.from_stdin) out += " in";
    out += '\n';
  }
}

}  // namespace

std::string print(const Module& module) {
  std::string out;
  for (const Node& node : module.nodes) print_node(*module.types, node, out);
  if (module.entry.valid()) print_entry(module, out);
  for (const Test& test : module.tests)
    append(out, {"test ", quoted(test.title), " @", module.function(test.flow).name, "\n"});
  for (const Function& function : module.functions) {
    if (!out.empty()) out += '\n';
    FunctionPrinter(module, function, out).run();
  }
  return out;
}

}  // namespace pflow::ir
