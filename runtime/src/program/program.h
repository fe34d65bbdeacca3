/// The run of a program, from its command line to its exit code.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

/// The reader of standard output is gone: ends with 141, and keeps what was recorded.
[[noreturn]] void end_without_reader();

[[nodiscard]] int start_program(int argc, char** argv, const pf_program& program);

}  // namespace pflow::rt
