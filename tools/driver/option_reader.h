/// Reads the command line of pflowc.
#pragma once

#include <span>
#include <string>

#include "support/diagnostics.h"
#include "tools/driver/options.h"

namespace pflow {

/// Reads the arguments after the program's name. What is wrong is reported;
/// the options are filled as far as they can be.
[[nodiscard]] Options parse_options(std::span<const std::string> arguments,
                                    Diagnostics& diagnostics);

}  // namespace pflow
