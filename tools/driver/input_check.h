/// Whether what a command line names is there.
#pragma once

#include <string>

#include "tools/driver/driver_env.h"
#include "tools/driver/options.h"

namespace pflow {

/// Whether the first word is neither an option, a command nor a file, which is then shown.
bool refuse_unknown_word(const std::string& word, const Options& options, DriverEnv& env);
/// Exactly one program, a file or `-`. False after a report was shown.
[[nodiscard]] bool check_input(const Options& options, DriverEnv& env);
/// Any number of files and folders, and `-`. False after a report was shown.
[[nodiscard]] bool check_inputs(const Options& options, DriverEnv& env);

}  // namespace pflow
