#include "runtime/src/serve/http_refusals.h"

#include <utility>

#include "runtime/src/serve/call_errors.h"

namespace pflow::serve {

void respond_refusal(HttpResponder& responder, int status, std::string_view message,
                     HttpHeaders headers) {
  responder.respond(
      {.status = status, .body = error_json("usage", message), .headers = std::move(headers)});
}

void respond_wrong_method(HttpResponder& responder, std::string_view allowed) {
  respond_refusal(responder, 405, "this address takes " + std::string(allowed),
                  {{"Allow", std::string(allowed)}});
}

}  // namespace pflow::serve
