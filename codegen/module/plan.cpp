#include "codegen/module/plan.h"

#include <algorithm>
#include <map>
#include <vector>

#include "ir/effect_table.h"
#include "pflow/sha256.hpp"

namespace pflow::codegen {
namespace {

/// A type as text that two types share when their values are the same as JSON.
class Shape {
 public:
  explicit Shape(const ir::TypeTable& types) : types_(types) {}

  void add(ir::TypeId id) {
    const ir::Type& type = types_.get(id);
    text_ += std::to_string(static_cast<int>(type.kind));
    if (type.kind == ir::TypeKind::Record && std::ranges::find(open_, id.index) != open_.end())
      return add_text(type.name);  // it holds itself
    if (type.kind == ir::TypeKind::Record) open_.push_back(id.index);
    text_ += '(';
    if (type.element.valid()) add(type.element);
    for (const std::string& literal : type.literals) add_text(literal);
    for (const ir::Field& field : type.fields) {
      add_text(field.wire);
      add(field.type);
    }
    for (ir::TypeId variant : type.variants) {
      add_text(types_.get(variant).tag.empty() ? types_.get(variant).name
                                               : types_.get(variant).tag);
      add(variant);
    }
    text_ += ')';
    if (type.kind == ir::TypeKind::Record) open_.pop_back();
  }
  void add_text(std::string_view text) {
    text_ += std::to_string(text.size()) + ':';
    text_ += text;
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  const ir::TypeTable& types_;
  std::vector<uint32_t> open_;
  std::string text_;
};

std::string outputs_hash(const ir::Module& module, const ir::Node& node) {
  constexpr size_t kEnough = 16;
  Shape shape(*module.types);
  shape.add_text(node.name);
  for (const ir::NodePort& output : node.outputs) {
    shape.add_text(output.name);
    shape.add(output.type);
  }
  Sha256 hash;
  hash.add(shape.text());
  char hex[65];
  hash.finish(hex);
  return std::string(hex, kEnough);
}

}  // namespace

std::string plan_of(const ir::Module& module, ir::FunctionId entry) {
  std::map<std::string_view, uint32_t> sites;  // the node at each
  for (const ir::EffectRow& row : ir::effect_table(module, entry))
    sites.emplace(module.sites[row.site.index].id, row.node.index);
  std::map<uint32_t, std::string> hashes;
  std::string lines;
  for (const auto& [site, node] : sites) {
    std::string& hash = hashes[node];
    if (hash.empty()) hash = outputs_hash(module, module.nodes[node]);
    lines.append(site).append("\t").append(hash).append("\n");
  }
  return lines;
}

}  // namespace pflow::codegen
