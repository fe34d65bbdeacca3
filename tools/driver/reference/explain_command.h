/// The page of a diagnostic's code, for `pflowc explain` and `--explain`, or of another word.
#pragma once

#include <string>

#include "tools/driver/driver_env.h"
#include "tools/driver/options.h"

namespace pflow {

/// Prints what there is to know of the word. The exit code.
[[nodiscard]] int explain(const std::string& word, const Options& options, DriverEnv& env);

}  // namespace pflow
