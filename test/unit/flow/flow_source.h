/// A flow graph made from source text.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/parse/parse.h"
#include "frontend/sema/flow/flow_graph.h"

namespace pflow::sema {

/// The nodes `fetch` and `read` have the output `content`, `ask` has `response`.
class FlowSource {
 public:
  /// `body` stands in `flow f(p: str) { … }`.
  explicit FlowSource(const std::string& body) {
    FileId id = sources_.add("flow.pf", "flow f(p: str) {\n" + body + "\n}\n");
    ParseIds ids;
    file_ = parse_file(id, FileRole::Program, sources_, names_, diagnostics_, ids);
    for (const ast::Decl* decl : file_->decls) {
      if (decl->kind != ast::DeclKind::Flow) continue;
      graph_ = std::make_unique<FlowGraph>(ast::as<ast::FlowDecl>(*decl), names_,
                                           [this](Symbol callee) { return outputs(callee); });
    }
  }

  [[nodiscard]] bool parsed() const { return !diagnostics_.has_errors() && graph_ != nullptr; }
  [[nodiscard]] const FlowGraph& graph() const { return *graph_; }
  [[nodiscard]] Symbol name(std::string_view text) { return names_.intern(text); }
  [[nodiscard]] std::string_view text(Symbol name) const { return names_.text(name); }

  /// The first stage with the label, of whatever scope.
  [[nodiscard]] const ast::Stage& stage(std::string_view label) {
    Symbol symbol = name(label);
    for (const ast::Stage* stage : graph_->stages())
      if (stage->label.symbol == symbol) return *stage;
    return *graph_->label(symbol)->stage;
  }
  /// Where the labelled stage runs.
  [[nodiscard]] FlowNodeId at(std::string_view label) { return graph_->node_of(stage(label)); }
  [[nodiscard]] bool is_set(std::string_view key, std::string_view label) {
    return graph_->set_on_every_path(name(key), at(label));
  }
  [[nodiscard]] bool may_be_set(std::string_view key, std::string_view label) {
    return graph_->set_on_some_path(name(key), at(label));
  }
  [[nodiscard]] Natural natural(std::string_view port, std::string_view label) {
    return graph_->natural(name(port), at(label));
  }
  /// The names that the labelled stage reads, in order; `?` marks a tolerant read.
  [[nodiscard]] std::vector<std::string> reads(std::string_view label) {
    std::vector<std::string> list;
    for (const Read& read : graph_->reads(at(label))) {
      std::string text(names_.text(read.name));
      if (read.port) text += "." + std::string(names_.text(read.port));
      list.push_back(text + (read.tolerant ? "?" : ""));
    }
    return list;
  }

 private:
  std::vector<Symbol> outputs(Symbol callee) {
    std::string_view name = names_.text(callee);
    if (name == "fetch" || name == "read") return {names_.intern("content")};
    if (name == "ask") return {names_.intern("response")};
    return {};
  }

  SourceMap sources_;
  Interner names_;
  Diagnostics diagnostics_;
  std::unique_ptr<ast::File> file_;
  std::unique_ptr<FlowGraph> graph_;
};

}  // namespace pflow::sema
