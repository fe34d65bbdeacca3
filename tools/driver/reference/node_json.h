/// What is known of nodes as JSON, for tools.
#pragma once

#include <string>
#include <vector>

#include "frontend/query/node_doc.h"

namespace pflow::reference {

/// An array with an object for each, on lines of their own; docs/command-line.md has the fields.
[[nodiscard]] std::string node_json(const std::vector<query::NodeDoc>& nodes);

}  // namespace pflow::reference
