/// What the addresses of a server mean.
#pragma once

#include "pflow/abi.h"
#include "runtime/src/serve/http_connection.h"
#include "runtime/src/serve/http_guard.h"

namespace pflow::serve {

/// Answers the request in hand of `connection`, now or later.
void answer_request(HttpConnection& connection, const pf_program& program, const HttpGuard& guard);

}  // namespace pflow::serve
