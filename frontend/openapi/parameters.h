/// The parameters of an operation: in the path, the query, headers and cookies.
#pragma once

#include "frontend/openapi/signature.h"

namespace pflow::openapi {

/// Adds their ports, and `parameters` to the plan. Empty, or why they cannot be typed.
[[nodiscard]] std::string add_parameters(Signature& signature);

}  // namespace pflow::openapi
