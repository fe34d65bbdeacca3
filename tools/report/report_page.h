/// The page of a report, but for the run that it tells of.
#pragma once

#include <optional>
#include <string>

#include "frontend/graph/graph.h"

namespace pflow::report {

/// A page that works without network. In it stands `@RUN@` once, where the run goes as JSON. The
/// picture of a very large program is left out, and where there is none.
[[nodiscard]] std::string report_page(const std::optional<graph::Graph>& graph);

}  // namespace pflow::report
