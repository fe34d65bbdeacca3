/// What `pflowc --help` and `pflowc COMMAND --help` print.
#pragma once

#include <string>

#include "tools/driver/commands/command.h"

namespace pflow {

/// Of pflowc as a whole: its commands, and the options of compiling.
[[nodiscard]] std::string help_text();
/// Of a command; of the one without a name as a whole.
[[nodiscard]] std::string help_text(const Command& command);

}  // namespace pflow
