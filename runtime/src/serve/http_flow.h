/// `POST /flows/NAME`.
#pragma once

#include "pflow/serve.h"
#include "runtime/src/serve/http_responder.h"

namespace pflow::serve {

/// Calls the flow with the body of the request, and answers with what it gives.
void answer_flow(HttpResponder& responder, const pf_served& flow);

/// Why the request has no JSON in it; nothing when it has.
[[nodiscard]] std::optional<HttpOut> no_json_body(const HttpIn& request);

}  // namespace pflow::serve
