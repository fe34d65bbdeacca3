/// What a redirect makes of a request (RFC 9110, 15.4).
#pragma once

namespace pflow {

/// Whether this status says to go where `Location` leads.
[[nodiscard]] bool is_redirect(int status);
/// Whether the next request is a GET without a body: behind 303 every method but HEAD,
/// behind 301 and 302 POST, as all clients do.
[[nodiscard]] bool becomes_get(int status, const char* method);

}  // namespace pflow
