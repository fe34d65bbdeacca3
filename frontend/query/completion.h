/// What could stand at a place.
#pragma once

#include <vector>

#include "frontend/query/completion_item.h"
#include "frontend/query/probe.h"
#include "frontend/query/standard_nodes.h"

namespace pflow::query {

/// `files` are those that the probe was made with.
[[nodiscard]] std::vector<CompletionItem> complete(const Probe& probe,
                                                   const StandardNodes& standard,
                                                   const packages::Places& places,
                                                   FileSystem& files);

}  // namespace pflow::query
