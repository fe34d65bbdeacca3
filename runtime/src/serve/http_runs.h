/// `/runs/ID`: calls that wait for answers and events.
#pragma once

#include <string_view>

#include "runtime/src/serve/http_responder.h"

namespace pflow::serve {

/// GET says what it waits for or has given, DELETE ends it. `POST /runs/ID/NAME` gives what it
/// waits for. `path` is what stands behind `/runs/`.
void answer_run(HttpResponder& responder, std::string_view path);

}  // namespace pflow::serve
