/// One compilation, from a source file to what was asked for.
#pragma once

#include <string>
#include <vector>

#include "tools/driver/driver_env.h"
#include "tools/driver/options.h"

namespace pflow {

/// What is learned on the way.
struct CompileReport {
  std::vector<std::string> test_titles;  ///< with `options.tests`, in the order of their numbers
  std::vector<std::string> linked;       ///< the installed files that the executable is made of
};

/// Runs the phases that `options.emit` needs. Diagnostics go to standard error.
/// Returns the exit code of pflowc. When that is kExitDone, `report` holds what was learned.
[[nodiscard]] int compile(const Options& options, DriverEnv& env, CompileReport* report = nullptr);

}  // namespace pflow
