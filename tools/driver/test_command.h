/// `pflowc test`: compiles the tests of each program, runs each in a process of its
/// own, and says which passed.
#pragma once

#include "tools/driver/driver_env.h"
#include "tools/driver/options.h"

namespace pflow {

/// Exit code 0 when every test that was run passed and all programs compile.
[[nodiscard]] int run_tests(const Options& options, DriverEnv& env);

}  // namespace pflow
