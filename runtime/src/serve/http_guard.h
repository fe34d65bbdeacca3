/// Who may ask.
#pragma once

#include <optional>

#include "runtime/src/serve/http_message.h"

namespace pflow::serve {

struct HttpGuard {
  bool loopback = true;  ///< only this machine reaches the server

  /// An answer that refuses the request; nothing when it may be answered. `needs_token` is false
  /// of what anybody may know.
  [[nodiscard]] std::optional<HttpOut> refuses(const HttpIn& request, bool needs_token) const;
};

}  // namespace pflow::serve
