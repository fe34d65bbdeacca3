#include "codegen/module/fingerprint.h"

#include <algorithm>
#include <bit>
#include <map>
#include <unordered_map>

#include "pflow/sha256.hpp"

namespace pflow::codegen {
namespace {

/// Raised when ops of the same form come to give other results.
constexpr uint64_t kLanguageVersion = 1;

enum class HashedKind : uint8_t { Function, Record, Node };

/// The hash of one function, schema or node. What it refers to stands in it as the number
/// under which that was met, so that circles end and names do not count.
class Hash {
 public:
  void number(uint64_t value) { hash_.add({reinterpret_cast<const char*>(&value), sizeof value}); }
  void text(std::string_view text) {
    number(text.size());
    hash_.add(text);
  }
  std::string finish() {
    char hex[65];
    hash_.finish(hex);
    return hex;
  }

 private:
  Sha256 hash_;
};

class Fingerprints {
 public:
  explicit Fingerprints(const ir::Module& module) : module_(module), types_(*module.types) {
    for (const ir::FieldDefault& known : module.field_defaults)
      defaults_[{known.record.index, known.field}] = known.function;
  }

  std::string run(ir::FunctionId root) {
    (void)met(HashedKind::Function, root.index);
    std::string lines;
    for (size_t i = 0; i < things_.size(); ++i) {
      const auto [kind, index] = things_[i];
      Hash hash;
      hash.number(kLanguageVersion);
      hash.number(static_cast<uint64_t>(kind));
      switch (kind) {
        case HashedKind::Function: add_function(hash, module_.functions[index]); break;
        case HashedKind::Record: add_record(hash, ir::TypeId(index)); break;
        case HashedKind::Node: add_node(hash, module_.nodes[index]); break;
      }
      lines += label(kind, index) + '\t' + hash.finish() + '\n';
    }
    return lines;
  }

 private:
  uint64_t met(HashedKind kind, uint32_t index) {
    auto [at, fresh] = numbers_.try_emplace({kind, index}, things_.size());
    if (fresh) things_.emplace_back(kind, index);
    return at->second;
  }

  [[nodiscard]] std::string label(HashedKind kind, uint32_t index) const {
    switch (kind) {
      case HashedKind::Record: return "schema `" + types_.get(ir::TypeId(index)).name + "`";
      case HashedKind::Node: return "node `" + module_.nodes[index].name + "`";
      case HashedKind::Function: break;
    }
    return "what `" + module_.functions[index].name + "` does";
  }

  void add_type(Hash& hash, ir::TypeId id) {
    if (!id.valid()) return hash.number(UINT64_MAX);
    const ir::Type& type = types_.get(id);
    hash.number(static_cast<uint64_t>(type.kind));
    if (type.kind == ir::TypeKind::Record) return hash.number(met(HashedKind::Record, id.index));
    if (type.element.valid()) add_type(hash, type.element);
    hash.number(type.literals.size());
    for (const std::string& literal : type.literals) hash.text(literal);
    hash.text(type.tag);
    hash.number(type.variants.size());
    for (ir::TypeId variant : type.variants) add_type(hash, variant);
  }

  void add_record(Hash& hash, ir::TypeId id) {
    const ir::Type& type = types_.get(id);
    hash.text(type.name);
    hash.text(type.tag);
    hash.text(type.doc);
    hash.number(type.fields.size());
    for (uint32_t i = 0; i < type.fields.size(); ++i) {
      const ir::Field& field = type.fields[i];
      hash.text(field.name);
      hash.text(field.wire);
      hash.text(field.doc);
      add_type(hash, field.type);
      auto known = defaults_.find({id.index, i});
      hash.number(known == defaults_.end() ? UINT64_MAX
                                           : met(HashedKind::Function, known->second.index));
    }
  }

  void add_ports(Hash& hash, const std::vector<ir::NodePort>& ports) {
    hash.number(ports.size());
    for (const ir::NodePort& port : ports) {
      hash.text(port.name);
      add_type(hash, port.type);
    }
  }

  void add_node(Hash& hash, const ir::Node& node) {
    hash.text(node.module);
    hash.text(node.name);
    hash.number(static_cast<uint64_t>(node.version));
    add_ports(hash, node.ports);
    add_ports(hash, node.outputs);
    for (const auto& [name, type] : node.type_arguments) add_type(hash, type);
    if (node.foreign)
      for (const std::string& word : node.foreign->words) hash.text(word);
    if (node.loaders) add_loaders(hash);
  }

  void add_loaders(Hash& hash) {
    for (const ir::Tool& tool : module_.tools)
      for (const std::string& prefix : tool.prefixes) {
        hash.text(prefix);
        hash.number(met(HashedKind::Function, tool.flow.index));
      }
  }

  void add_function(Hash& hash, const ir::Function& function) {
    values_.clear();
    slots_.clear();
    hash.number(function.param_count);
    for (size_t i = 0; i < function.slots.size(); ++i)
      if (i < function.param_count) add_slot(hash, function, ir::SlotId(i));
    hash.number(function.results.size());
    for (ir::TypeId result : function.results) add_type(hash, result);
    hash.number(function.blocks.size());
    for (const ir::Block& block : function.blocks) {
      hash.number(block.unwind.index);
      hash.number(block.ops.size());
      for (const ir::Op& op : block.ops) add_op(hash, function, op);
    }
  }

  /// Values and slots are numbered by where they are met first.
  void add_value(Hash& hash, const ir::Function& function, ir::ValueId value) {
    if (!value.valid()) return hash.number(UINT64_MAX);
    auto [at, fresh] = values_.try_emplace(value.index, values_.size());
    hash.number(at->second);
    if (fresh) add_type(hash, function.values[value.index].type);
  }
  void add_slot(Hash& hash, const ir::Function& function, ir::SlotId slot) {
    if (!slot.valid()) return hash.number(UINT64_MAX);
    auto [at, fresh] = slots_.try_emplace(slot.index, slots_.size());
    hash.number(at->second);
    if (fresh) add_type(hash, function.slots[slot.index].type);
  }

  void add_op(Hash& hash, const ir::Function& function, const ir::Op& op) {
    hash.text(op.info().text);
    add_value(hash, function, op.result);
    hash.number(op.operands.size());
    for (ir::ValueId operand : op.operands) add_value(hash, function, operand);
    add_constants(hash, op);
    add_slot(hash, function, op.slot);
    hash.number(op.slots.size());
    for (ir::SlotId slot : op.slots) add_slot(hash, function, slot);
    add_callees(hash, op);
    hash.number(op.edges.size());
    for (const ir::Edge& edge : op.edges) {
      hash.text(edge.label);
      hash.number(edge.target.index);
    }
    hash.number(op.target.index);
    hash.number(op.target_false.index);
  }

  static void add_constants(Hash& hash, const ir::Op& op) {
    // The number of a tool says nothing of it.
    hash.number(op.opcode == ir::Opcode::ConstTool ? 0 : static_cast<uint64_t>(op.integer));
    hash.number(op.integers.size());
    for (int64_t integer : op.integers) hash.number(static_cast<uint64_t>(integer));
    hash.number(std::bit_cast<uint64_t>(op.floating));
    hash.text(op.text);
    hash.number(op.pieces.size());
    for (const ir::TemplatePiece& piece : op.pieces) {
      hash.text(piece.text);
      hash.number((piece.begins_word ? 2U : 0U) + (piece.after_dashes ? 1U : 0U));
      hash.number(static_cast<uint64_t>(piece.part));
    }
  }

  void add_callees(Hash& hash, const ir::Op& op) {
    if (op.callee.function.valid())
      hash.number(met(HashedKind::Function, op.callee.function.index));
    if (op.opcode == ir::Opcode::ConstTool) {
      const ir::Tool& tool = module_.tools[static_cast<size_t>(op.integer)];
      hash.text(tool.doc);
      add_type(hash, tool.input);
    }
    if (op.callee.node.valid()) hash.number(met(HashedKind::Node, op.callee.node.index));
    hash.number(static_cast<uint64_t>(op.output));
    hash.number(op.policies.size());
    for (ir::Policy policy : op.policies) hash.number(static_cast<uint64_t>(policy));
    hash.number(op.skips ? 1 : 0);
    hash.number(op.branches.size());
    for (const ir::Branch& branch : op.branches) {
      hash.number(met(HashedKind::Function, branch.flow.index));
      hash.number(branch.arguments);
    }
    // `error.node` tells it.
    hash.text(op.site.valid() ? module_.sites[op.site.index].node : "");
  }

  const ir::Module& module_;
  const ir::TypeTable& types_;
  std::map<std::pair<uint32_t, uint32_t>, ir::FunctionId> defaults_;
  std::map<std::pair<HashedKind, uint32_t>, uint64_t> numbers_;
  std::vector<std::pair<HashedKind, uint32_t>> things_;
  std::unordered_map<uint32_t, uint64_t> values_, slots_;
};

}  // namespace

std::string fingerprints(const ir::Module& module, ir::FunctionId root) {
  return Fingerprints(module).run(root);
}

}  // namespace pflow::codegen
