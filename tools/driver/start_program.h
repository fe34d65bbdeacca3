/// A program that is compiled into the cache, where it is not there yet, and run in place of
/// pflowc.
#pragma once

#include "tools/driver/options.h"
#include "tools/driver/run/program.h"

namespace pflow {

/// Returns the exit code, when the program cannot be compiled or started. `options` say where its
/// text stands and how it is compiled; what was compiled before is taken by `program` alone.
int start_program(const run::Program& program, const Options& options, DriverEnv& env);

}  // namespace pflow
