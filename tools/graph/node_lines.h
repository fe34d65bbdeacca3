/// What stands in a node of a picture, for the forms that are text.
#pragma once

#include <string>
#include <vector>

#include "frontend/graph/graph.h"

namespace pflow::graph {

/// The title, arguments or ports, keys, label and policies, each on a line of its own.
[[nodiscard]] std::vector<std::string> node_lines(const Node& node);

}  // namespace pflow::graph
