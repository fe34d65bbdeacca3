/// The result of a program on standard output.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

class Buffer;

/// A text as it is with a newline when it lacks one, another value as a line of
/// compact JSON, several as an object; with `json` always {"result":…}.
void add_results(Buffer& out, const pf_program& program, const char* block, bool json);

}  // namespace pflow::rt
