#include "runtime/src/serve/http_refusals.h"

#include "runtime/src/serve/call_errors.h"

namespace pflow::serve {

void respond_refusal(HttpResponder& responder, int status, std::string_view message) {
  responder.respond({.status = status, .body = error_json("usage", message)});
}

void respond_wrong_method(HttpResponder& responder, std::string_view allowed) {
  responder.respond({.status = 405,
                     .body = error_json("usage", "this address takes " + std::string(allowed)),
                     .headers = {{"Allow", std::string(allowed)}}});
}

}  // namespace pflow::serve
