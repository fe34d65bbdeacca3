#include "ir/effect_table.h"

#include <algorithm>
#include <tuple>

#include "ir/call_graph.h"

namespace pflow::ir {

namespace {

bool is_text(TypeKind kind) {
  return has_trait(kind, tables::Plain) || has_trait(kind, tables::Bound);
}

/// Of a text that nothing is known of there is nothing to say; a path or a command is one at least.
bool says_something(const SaidText& said, TypeKind kind) {
  return kind != TypeKind::Str || said.text != "${…}";
}

class TableMaker {
 public:
  explicit TableMaker(const Module& module) : module_(module), said_(module) {}

  std::vector<EffectRow> make(FunctionId entry) {
    const std::vector<bool> reached = reached_functions(call_graph(module_), {{entry}});
    for (uint32_t i = 0; i < module_.functions.size(); ++i)
      for (const Block& block : module_.functions[i].blocks)
        for (const Op& op : block.ops)
          if (reached[i]) take(FunctionId(i), op);
    std::ranges::stable_sort(rows_, {}, [&](const EffectRow& row) {
      const Site& site = module_.sites[row.site.index];
      return std::tuple(site.span.file.index, site.span.begin, std::string_view(site.id));
    });
    // A stage that is carried out in two ways stands twice in the module.
    const auto twice = std::ranges::unique(
        rows_, {},
        [&](const EffectRow& row) -> std::string_view { return module_.sites[row.site.index].id; });
    rows_.erase(twice.begin(), twice.end());
    return std::move(rows_);
  }

 private:
  void take(FunctionId function, const Op& op) {
    if (!op.callee.node.valid() || !op.site.valid()) return;
    const Node& node = module_.node(op.callee.node);
    if (node.pure || seen_[op.site.index]) return;
    seen_[op.site.index] = true;
    rows_.push_back({op.site, op.callee.node, {}});
    for (size_t i = 0; i < node.ports.size(); ++i)
      add_argument(rows_.back(), function, node.ports[i], op.operands[i]);
  }

  [[nodiscard]] bool is_given(SiteId site, std::string_view port) const {
    const Site& at = module_.sites[site.index];
    return std::ranges::find(at.dynamic, port) != at.dynamic.end() ||
           std::ranges::find(at.literals, port, &std::pair<std::string, std::string>::first) !=
               at.literals.end();
  }

  void add_argument(EffectRow& row, FunctionId function, const NodePort& port, ValueId value) {
    if (!is_given(row.site, port.name)) return;
    const Type& whole = module_.types->get(port.type);
    const bool is_list = whole.kind == TypeKind::List;
    const bool is_part = is_list || whole.kind == TypeKind::Opt;
    const TypeKind kind = is_part ? module_.types->get(whole.element).kind : whole.kind;
    if (!is_text(kind)) return;
    EffectArgument argument{port.name, is_list, {}};
    if (is_list) {
      if (auto texts = said_.of_list(function, value)) argument.texts = std::move(*texts);
    } else if (auto text = said_.of(function, value)) {
      if (says_something(*text, kind)) argument.texts.push_back(std::move(*text));
    }
    if (!argument.texts.empty()) row.arguments.push_back(std::move(argument));
  }

  const Module& module_;
  ArgumentText said_;
  std::vector<bool> seen_ = std::vector<bool>(module_.sites.size());
  std::vector<EffectRow> rows_;
};

}  // namespace

std::vector<EffectRow> effect_table(const Module& module, FunctionId entry) {
  return TableMaker(module).make(entry);
}

}  // namespace pflow::ir
