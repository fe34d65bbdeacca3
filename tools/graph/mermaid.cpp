#include <fmt/format.h>

#include "tools/graph/forms.h"
#include "tools/graph/node_lines.h"

namespace pflow::graph {
namespace {

/// Mermaid reads a text between quotes as Markdown or HTML: whatever has a meaning in one of them
/// is written as an entity, `#35;`.
std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (char c : text) {
    const bool plain =
        std::string_view("\"#&<>\\`*_~[](){}|;:@$%^").find(c) == std::string_view::npos;
    if (c == '\n')
      out += "<br>";
    else if (!plain || static_cast<unsigned char>(c) < 0x20)
      out += fmt::format("#{};", static_cast<int>(static_cast<unsigned char>(c)));
    else
      out += c;
  }
  return out + '"';
}

struct Brackets {
  std::string_view open, close;
};

Brackets brackets(const Node& node) {
  if (node.kind == NodeKind::Choice) return {"{", "}"};
  if (node.kind == NodeKind::Start || node.kind == NodeKind::End) return {"([", "])"};
  if (node.kind == NodeKind::Leave) return {"(", ")"};
  if (node.kind != NodeKind::Call) return {"[", "]"};
  switch (node.group) {
    case Group::Pure: return {"(", ")"};
    case Group::Files: return {"[(", ")]"};
    case Group::Network: return {"{{", "}}"};
    case Group::Model: return {"([", "])"};
    case Group::Process: return {"[\\", "/]"};
    case Group::Terminal: return {"[/", "/]"};
    case Group::System: return {"[/", "\\]"};
    case Group::Flow: return {"[[", "]]"};
  }
}

std::string_view arrow(EdgeKind kind) {
  const bool usual = kind == EdgeKind::Next || kind == EdgeKind::Action;
  return usual ? "-->" : "-.->";
}

constexpr std::string_view kClasses =
    "  classDef files fill:#d8ecd8,color:#222\n"
    "  classDef network fill:#d4e6f7,color:#222\n"
    "  classDef model fill:#e7daf5,color:#222\n"
    "  classDef process fill:#fde0c8,color:#222\n"
    "  classDef terminal fill:#d9efef,color:#222\n"
    "  classDef system fill:#efe8d8,color:#222\n"
    "  classDef flow fill:#dde0f8,color:#222\n"
    "  classDef choice fill:#fff3c4,color:#222\n";

std::string_view class_of(const Node& node) {
  if (node.kind == NodeKind::Choice) return "choice";
  return node.kind == NodeKind::Call && node.group != Group::Pure ? word(node.group)
                                                                  : std::string_view();
}

/// One flow as a subgraph.
class MermaidFlow {
 public:
  MermaidFlow(std::string& out, const Flow& flow, size_t number)
      : out_(out), flow_(flow), number_(number) {}

  void write() {
    out_ += fmt::format("  subgraph f{}[{}]\n", number_, quoted("flow " + flow_.doc.name));
    for (size_t i = 0; i < flow_.nodes.size(); ++i) write_node(static_cast<int>(i));
    close_boxes(-1);
    out_ += "  end\n";
    for (const Edge& edge : flow_.edges) {
      out_ += fmt::format("  f{}n{} {}", number_, edge.from, arrow(edge.kind));
      if (!edge.label.empty()) out_ += fmt::format("|{}|", quoted(edge.label));
      out_ += fmt::format(" f{}n{}\n", number_, edge.to);
    }
  }

 private:
  void close_boxes(int parent) {
    while (!open_.empty() && open_.back() != parent) {
      out_ += "    end\n";
      open_.pop_back();
    }
  }

  void write_node(int index) {
    const Node& node = flow_.nodes[static_cast<size_t>(index)];
    close_boxes(node.parent);
    const std::string text = quoted(fmt::format("{}", fmt::join(node_lines(node), "\n")));
    if (is_box(node.kind)) {
      out_ += fmt::format("    subgraph f{}n{}[{}]\n", number_, index, text);
      open_.push_back(index);
      return;
    }
    const Brackets around = brackets(node);
    out_ += fmt::format("    f{}n{}{}{}{}", number_, index, around.open, text, around.close);
    if (std::string_view name = class_of(node); !name.empty()) out_ += fmt::format(":::{}", name);
    out_ += '\n';
  }

  std::string& out_;
  const Flow& flow_;
  const size_t number_;
  std::vector<int> open_;
};

}  // namespace

std::string mermaid(const Graph& graph) {
  std::string out = "flowchart TB\n";
  for (size_t i = 0; i < graph.flows.size(); ++i) MermaidFlow(out, graph.flows[i], i).write();
  return out + std::string(kClasses);
}

}  // namespace pflow::graph
