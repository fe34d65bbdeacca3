/// The description of what is served over HTTP.
#pragma once

#include <string>

#include "pflow/abi.h"

namespace pflow::serve {

/// An OpenAPI 3.1 document.
[[nodiscard]] std::string openapi_document(const pf_program& program);

}  // namespace pflow::serve
