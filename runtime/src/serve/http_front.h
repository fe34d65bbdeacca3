/// A server of HTTP/1.1 and HTTP/2, on a socket of TCP.
#pragma once

#include "pflow/abi.h"
#include "runtime/src/serve/http_guard.h"
#include "runtime/src/serve/http_responder.h"

namespace pflow::serve {

/// What is served.
struct HttpSite {
  const char* option;  ///< of the command line: `serve`
  void (*answer)(HttpResponder& responder, const pf_program& program, const HttpGuard& guard);
  /// As `HttpRouter` has it; null: never.
  bool (*wants_pieces)(const HttpIn& request);
};

/// Until a signal comes; `address` is a port, or a host and a port. The exit code.
[[nodiscard]] int run_http(const HttpSite& site, const pf_program& program, const char* address);

}  // namespace pflow::serve
