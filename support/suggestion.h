/// The lines of a help row's edits as they would read afterwards: `~` before a
/// changed line, `+` before a new one.
///
///       |
///     3 ~   read_file(path)
///       |             ~~~~
#pragma once

#include <string>
#include <vector>

#include "support/diagnostics.h"
#include "support/snippet.h"

namespace pflow {

/// Appends the result of the edits, in the order in which they stand in the file.
void write_suggestion(std::string& out, std::vector<Edit> edits, const SourceMap& sources,
                      const Gutter& gutter);

}  // namespace pflow
