#include <fmt/format.h>

#include <iterator>
#include <unordered_map>
#include <unordered_set>

#include "ir/ir.h"

namespace pflow::ir {

namespace {

std::string quoted(std::string_view text) {
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
          out += fmt::format("\\u{{{:x}}}", static_cast<unsigned char>(c));
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
      line("  slot %{}: {}\n", function_.slots[i].name, types_.name(function_.slots[i].type));
    for (const Block& block : function_.blocks) print(block);
    out_ += "}\n";
  }

 private:
  template <typename... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
  }

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
          name = fmt::format("{}.v{}", source, ++n + 1);
        names_[op.result.index] = std::move(name);
      }
    }
  }

  void header() {
    line("{} @{}(", function_.kind == FunctionKind::Flow ? "flow" : "func", function_.name);
    for (size_t i = 0; i < function_.param_count; ++i)
      line("{}%{}: {}", i == 0 ? "" : ", ", function_.slots[i].name,
           types_.name(function_.slots[i].type));
    out_ += ')';
    for (size_t i = 0; i < function_.results.size(); ++i) {
      bool named = i < function_.result_names.size() && !function_.result_names[i].empty();
      line("{}{}{}{}", i == 0 ? " -> " : ", ", named ? function_.result_names[i] : "",
           named ? ": " : "", types_.name(function_.results[i]));
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
    line("\n^{}", block.name);
    if (block.unwind.valid()) line(" unwind {}", this->block(block.unwind));
    out_ += ":\n";
    for (const Op& op : block.ops) {
      out_ += "  ";
      if (op.result.valid()) line("{} = ", value(op.result));
      out_ += op.info().text;
      print(op);
      if (op.result.valid()) line(" : {}", types_.name(function_.values[op.result.index].type));
      if (op.opcode == Opcode::Invoke && block.unwind.valid())
        line(" unwind {}", this->block(block.unwind));
      out_ += '\n';
    }
  }

  void operands(const Op& op) {
    for (size_t i = 0; i < op.operands.size(); ++i)
      line("{}{}", i == 0 ? " " : ", ", value(op.operands[i]));
  }

  void print(const Op& op) {
    switch (op.opcode) {
      case Opcode::ConstInt:
      case Opcode::ConstDuration: line(" {}", op.integer); return;
      case Opcode::ConstBool: out_ += op.integer != 0 ? " true" : " false"; return;
      case Opcode::ConstFloat: line(" {}", op.floating); return;
      case Opcode::ConstText: line(" {}", quoted(op.text)); return;
      case Opcode::SlotLoad:
      case Opcode::SlotTake:
      case Opcode::SlotDrop: line(" {}", slot(op.slot)); return;
      case Opcode::SlotStore: line(" {},", slot(op.slot)); return operands(op);
      case Opcode::RecordGet:
        operands(op);
        line(", {}", field(op));
        return;
      case Opcode::CmdMake: return command(op);
      case Opcode::Call:
      case Opcode::Invoke: return call(op);
      case Opcode::Fail: line(" {},", op.text); return operands(op);
      case Opcode::Jump: line(" {}", block(op.target)); return;
      case Opcode::Branch:
        operands(op);
        line(", {}, {}", block(op.target), block(op.target_false));
        return;
      case Opcode::Switch: operands(op); return targets(op);
      default: return operands(op);
    }
  }

  std::string field(const Op& op) const {
    TypeId record = function_.values[op.operands[0].index].type;
    const auto& fields = types_.get(record).fields;
    auto index = static_cast<size_t>(op.integer);
    return index < fields.size() ? fields[index].name : std::to_string(op.integer);
  }

  void command(const Op& op) {
    for (size_t i = 0; i < op.pieces.size(); ++i) {
      const TemplatePiece& piece = op.pieces[i];
      line("{}{}", i == 0 ? " " : ", ", quoted(piece.text));
      if (i >= op.operands.size()) continue;
      line(", {}{}{}", value(op.operands[i]), piece.begins_word ? " word" : "",
           piece.after_dashes ? " dashes" : "");
    }
  }

  void call(const Op& op) {
    bool node = op.callee.node.valid();
    line(" @{}(",
         node ? module_.node(op.callee.node).name : module_.function(op.callee.function).name);
    for (size_t i = 0; i < op.operands.size(); ++i)
      line("{}{}", i == 0 ? "" : ", ", value(op.operands[i]));
    out_ += ')';
    outputs(op);
    if (op.opcode == Opcode::Invoke) targets(op);
    if (op.site.valid()) line(" site {}", quoted(module_.sites[op.site.index].id));
  }

  std::string output(const Op& op, size_t index) const {
    std::string_view name;
    if (op.callee.node.valid()) {
      name = module_.node(op.callee.node).outputs[index].name;
    } else {
      const auto& names = module_.function(op.callee.function).result_names;
      if (index < names.size()) name = names[index];
    }
    return name.empty() ? fmt::format("{}", index) : std::string(name);
  }

  void outputs(const Op& op) {
    bool first = true;
    for (size_t i = 0; i < op.slots.size(); ++i) {
      if (!op.slots[i].valid()) continue;
      line("{}{}: {}", first ? " -> [" : ", ", output(op, i), slot(op.slots[i]));
      first = false;
    }
    if (!first) out_ += ']';
    if (op.output > 0) line(" result {}", output(op, static_cast<size_t>(op.output)));
  }

  void targets(const Op& op) {
    line(" [default: {}", block(op.target));
    for (const Edge& edge : op.edges) line(", {}: {}", quoted(edge.label), block(edge.target));
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
    out += fmt::format("{}{}: {}", i == 0 ? "" : ", ", ports[i].name, types.name(ports[i].type));
  out += ')';
}

void print_node(const TypeTable& types, const Node& node, std::string& out) {
  out += fmt::format("node @{}", node.name);
  print_ports(types, node.ports, out);
  out += " -> ";
  print_ports(types, node.outputs, out);
  out += fmt::format(" in {}", node.module);
  if (node.pure) out += " pure";
  if (node.async) out += " async";
  if (node.preflight) out += " preflight";
  for (const std::string& action : node.actions) out += ' ' + quoted(action);
  out += '\n';
}

void print_entry(const Module& module, std::string& out) {
  out += fmt::format("entry @{}\n", module.function(module.entry).name);
  for (const EntryParam& param : module.entry_params) {
    out += fmt::format("param {}: {}", param.name, module.types->name(param.type));
    if (param.default_function.valid())
      out += fmt::format(" = @{}", module.function(param.default_function).name);
    if (param.from_stdin) out += " in";
    out += '\n';
  }
}

}  // namespace

std::string print(const Module& module) {
  std::string out;
  for (const Node& node : module.nodes) print_node(*module.types, node, out);
  if (module.entry.valid()) print_entry(module, out);
  for (const Function& function : module.functions) {
    if (!out.empty()) out += '\n';
    FunctionPrinter(module, function, out).run();
  }
  return out;
}

}  // namespace pflow::ir
