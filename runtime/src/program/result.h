/// The result of a program on standard output.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

class Buffer;

/// A text as it is with a newline when it lacks one, another value as a line of
/// compact JSON, several as an object; with `json` always {"result":…}.
void add_results(Buffer& out, const pf_program& program, const char* block, bool json);

/// Whether the result is a text that stands on standard output already.
[[nodiscard]] bool is_printed(const pf_program& program, const char* block);

/// The stream that is the program's result, or null. It stays where it is.
[[nodiscard]] pf_stream* result_stream(const pf_program& program, const char* block);
/// Pulls the items of a result and prints each on a line of its own as it arrives; with
/// `json` they are the list in {"result":[…]}, once all are there. True when it failed:
/// the failure is pending.
[[nodiscard]] bool print_stream(const pf_program& program, pf_stream* stream, bool json);

}  // namespace pflow::rt
