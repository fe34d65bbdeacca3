/// Requests that a server answers by saying why not.
#pragma once

#include <string_view>

#include "runtime/src/serve/http_responder.h"

namespace pflow::serve {

/// An error of kind `usage`.
void respond_refusal(HttpResponder& responder, int status, std::string_view message,
                     HttpHeaders headers = {});
/// 405; `allowed` is what the address takes: `GET, HEAD`.
void respond_wrong_method(HttpResponder& responder, std::string_view allowed);

}  // namespace pflow::serve
