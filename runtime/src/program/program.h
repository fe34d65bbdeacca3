/// The run of a program, from its command line to its exit code.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

[[nodiscard]] int start_program(int argc, char** argv, const pf_program& program);

}  // namespace pflow::rt
