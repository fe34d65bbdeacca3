/// The canonical layout of a file.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "support/diagnostics.h"
#include "support/result.h"

namespace pflow::format {

/// The file in its canonical layout; what it means stays, and each comment. Nothing where its
/// syntax is broken, which is reported.
[[nodiscard]] std::optional<std::string> format_file(FileId file, const SourceMap& sources,
                                                     Diagnostics& diagnostics);

/// The same for a text alone; the failure is the message of the first error.
[[nodiscard]] Result<std::string> format(std::string_view text);

}  // namespace pflow::format
