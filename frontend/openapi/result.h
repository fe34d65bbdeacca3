/// What an operation gives: its answers with a status of success.
#pragma once

#include "frontend/openapi/signature.h"

namespace pflow::openapi {

/// Sets `output`, and adds `results` and `accept` to the plan. Empty, or why it cannot be typed.
[[nodiscard]] std::string add_result(Signature& signature);

}  // namespace pflow::openapi
