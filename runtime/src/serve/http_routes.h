/// What the addresses of a server mean.
#pragma once

#include "pflow/abi.h"
#include "runtime/src/serve/http_guard.h"
#include "runtime/src/serve/http_responder.h"

namespace pflow::serve {

/// Answers the request in hand of `connection`, now or later.
void answer_request(HttpResponder& responder, const pf_program& program, const HttpGuard& guard);

}  // namespace pflow::serve
