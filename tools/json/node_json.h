/// What is known of nodes as JSON, for tools.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "frontend/query/node_doc.h"

namespace pflow {

/// docs/command-line.md has the fields.
[[nodiscard]] boost::json::object node_object(const query::NodeDoc& node);
/// An array with an object for each, on lines of their own.
[[nodiscard]] std::string node_json(const std::vector<query::NodeDoc>& nodes);

}  // namespace pflow
