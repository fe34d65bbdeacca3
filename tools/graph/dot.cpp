#include <fmt/format.h>

#include "tools/graph/forms.h"
#include "tools/graph/node_lines.h"

namespace pflow::graph {
namespace {

/// Between quotes a backslash and a quote have a meaning.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n')
      out += "\\n";
    else if (c != '\0' && c != '\r')
      out += c;
  }
  return out + '"';
}

struct Look {
  std::string_view shape, fill;
};

Look look(const Node& node) {
  switch (node.kind) {
    case NodeKind::Start:
    case NodeKind::End: return {"oval", "#e6e6e6"};
    case NodeKind::Choice: return {"diamond", "#fff3c4"};
    case NodeKind::Leave: return {"oval", "#f2f2f2"};
    case NodeKind::Value:
    case NodeKind::Each:
    case NodeKind::Par:
    case NodeKind::Repeat:
    case NodeKind::Block:
    case NodeKind::OnError: return {"box", "#ffffff"};
    case NodeKind::Call: break;
  }
  switch (node.group) {
    case Group::Pure: return {"box", "#f2f2f2"};
    case Group::Files: return {"note", "#d8ecd8"};
    case Group::Network: return {"hexagon", "#d4e6f7"};
    case Group::Model: return {"octagon", "#e7daf5"};
    case Group::Process: return {"component", "#fde0c8"};
    case Group::Terminal: return {"parallelogram", "#d9efef"};
    case Group::System: return {"house", "#efe8d8"};
    case Group::Flow: return {"folder", "#dde0f8"};
  }
}

std::string_view edge_style(EdgeKind kind) {
  switch (kind) {
    case EdgeKind::Next: return "";
    case EdgeKind::Action: return "color=\"#3a6ea5\"";
    case EdgeKind::Error: return "style=dashed color=\"#b03030\" fontcolor=\"#b03030\"";
    case EdgeKind::Fallback: return "style=dotted color=\"#b03030\" fontcolor=\"#b03030\"";
  }
}

/// One flow as a cluster.
class DotFlow {
 public:
  DotFlow(std::string& out, const Flow& flow, size_t number)
      : out_(out), flow_(flow), number_(number) {}

  void write() {
    out_ += fmt::format("  subgraph cluster_f{} {{\n    label={};\n", number_,
                        quoted("flow " + flow_.doc.name));
    for (size_t i = 0; i < flow_.nodes.size(); ++i) write_node(static_cast<int>(i));
    close_boxes(-1);
    for (const Edge& edge : flow_.edges) write_edge(edge);
    out_ += "  }\n";
  }

 private:
  /// Nodes of a box follow it, so that it is open until one stands outside.
  void close_boxes(int parent) {
    while (!open_.empty() && open_.back() != parent) {
      out_ += "    }\n";
      open_.pop_back();
    }
  }

  [[nodiscard]] const Node& node(int index) const {
    return flow_.nodes[static_cast<size_t>(index)];
  }

  void write_node(int index) {
    const Node& node = this->node(index);
    close_boxes(node.parent);
    const std::string text = quoted(fmt::format("{}", fmt::join(node_lines(node), "\n")));
    if (is_box(node.kind)) {
      out_ += fmt::format("    subgraph cluster_f{}_{} {{\n    label={}; style=rounded;\n", number_,
                          index, text);
      open_.push_back(index);
      return;
    }
    const Look look = graph::look(node);
    out_ += fmt::format("    f{}_{} [label={} shape={} fillcolor=\"{}\"", number_, index, text,
                        look.shape, look.fill);
    if (!node.site.empty()) out_ += fmt::format(" id={}", quoted(node.site));
    if (node.place.line != 0)
      out_ += fmt::format(" tooltip={}",
                          quoted(fmt::format("{}:{}", node.place.file, node.place.line)));
    out_ += "];\n";
  }

  /// Edges join what is no box: its first node stands for its begin, its last one for its end.
  [[nodiscard]] int leaf(int index, bool last) const {
    if (!is_box(node(index).kind)) return index;
    int found = index + 1;
    if (!last) return leaf(found, last);
    const int count = static_cast<int>(flow_.nodes.size());
    while (found + 1 < count && node(found + 1).parent >= index) ++found;
    return leaf(found, last);
  }

  void write_edge(const Edge& edge) {
    std::string attributes(edge_style(edge.kind));
    if (!edge.label.empty()) attributes += fmt::format(" label={}", quoted(edge.label));
    if (is_box(node(edge.from).kind))
      attributes += fmt::format(" ltail=cluster_f{}_{}", number_, edge.from);
    if (is_box(node(edge.to).kind))
      attributes += fmt::format(" lhead=cluster_f{}_{}", number_, edge.to);
    out_ += fmt::format("    f{}_{} -> f{}_{}", number_, leaf(edge.from, true), number_,
                        leaf(edge.to, false));
    out_ += attributes.empty() ? ";\n" : fmt::format(" [{}];\n", attributes);
  }

  std::string& out_;
  const Flow& flow_;
  const size_t number_;
  std::vector<int> open_;
};

}  // namespace

std::string dot(const Graph& graph) {
  std::string out =
      "digraph pflow {\n"
      "  compound=true; fontname=\"sans-serif\"; rankdir=TB;\n"
      "  node [fontname=\"sans-serif\" fontsize=11 style=filled];\n"
      "  edge [fontname=\"sans-serif\" fontsize=10];\n";
  for (size_t i = 0; i < graph.flows.size(); ++i) DotFlow(out, graph.flows[i], i).write();
  return out + "}\n";
}

}  // namespace pflow::graph
