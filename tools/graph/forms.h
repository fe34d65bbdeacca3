/// The forms in which a picture is written.
#pragma once

#include <string>

#include "frontend/graph/graph.h"
#include "support/result.h"

namespace pflow::graph {

/// Graphviz: a digraph with a cluster for each flow and each box.
[[nodiscard]] std::string dot(const Graph& graph);
/// Mermaid: a flowchart with a subgraph for each flow and each box.
[[nodiscard]] std::string mermaid(const Graph& graph);
/// docs/pictures.md has the fields.
[[nodiscard]] std::string json(const Graph& graph);
/// One page without network that draws the graph. `title` stands on its tab.
[[nodiscard]] std::string html(const Graph& graph, std::string_view title);
/// What the program `dot` draws; when it cannot be run, why, and what to do.
[[nodiscard]] Result<std::string> svg(const Graph& graph);

}  // namespace pflow::graph
