/// The body of the request of an operation.
#pragma once

#include "frontend/openapi/signature.h"

namespace pflow::openapi {

/// Adds its ports, and `body` to the plan. Empty, or why it cannot be typed.
[[nodiscard]] std::string add_body(Signature& signature);

}  // namespace pflow::openapi
