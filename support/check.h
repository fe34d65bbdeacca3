/// Invariants of the compiler itself. A broken one is a bug of ours, told by the driver as an
/// internal error (exit code 70), never as an error of the user's program.
#pragma once

#include <stdexcept>
#include <string>

namespace pflow {

/// `what()` is `FILE:LINE: MESSAGE`.
class BrokenInvariant : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

[[noreturn]] void broken_invariant(const char* file, int line, const std::string& message);

}  // namespace pflow

/// Throws BrokenInvariant unless the condition holds, in every build.
#define PFLOW_CHECK(condition, message) \
  ((condition) ? void() : ::pflow::broken_invariant(__FILE_NAME__, __LINE__, message))

/// Where control never comes; the message says why.
#define PFLOW_UNREACHABLE(message) ::pflow::broken_invariant(__FILE_NAME__, __LINE__, message)
