/// `POST /flows/NAME`.
#pragma once

#include "pflow/serve.h"
#include "runtime/src/serve/http_connection.h"

namespace pflow::serve {

/// Calls the flow with the body of the request, and answers with what it gives.
void answer_flow(HttpConnection& connection, const pf_served& flow);

/// Why the request has no JSON in it; nothing when it has.
[[nodiscard]] std::optional<HttpOut> no_json_body(const HttpIn& request);

}  // namespace pflow::serve
