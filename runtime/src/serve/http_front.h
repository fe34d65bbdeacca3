/// Flows over HTTP/1.1 and HTTP/2, on a socket of TCP.
#pragma once

#include "pflow/abi.h"

namespace pflow::serve {

/// Until a signal comes; `address` is a port, or a host and a port. The exit code.
[[nodiscard]] int run_http(const pf_program& program, const char* address);

}  // namespace pflow::serve
