#include "tools/graph/node_lines.h"

#include <fmt/format.h>

namespace pflow::graph {

std::vector<std::string> node_lines(const Node& node) {
  std::vector<std::string> lines;
  lines.push_back(node.label.empty() ? node.title
                                     : fmt::format("{} as {}", node.title, node.label));
  if (node.over_stream) lines.emplace_back("of a stream");
  lines.insert(lines.end(), node.details.begin(), node.details.end());
  if (!node.keys.empty()) lines.push_back(fmt::format("→ {}", fmt::join(node.keys, ", ")));
  lines.insert(lines.end(), node.policies.begin(), node.policies.end());
  return lines;
}

}  // namespace pflow::graph
