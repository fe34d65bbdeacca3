/// What there is to call, as a Restate server wants to know it when it registers a deployment.
#pragma once

#include <string>

#include "pflow/abi.h"

namespace pflow::restate {

/// The name of the service with all flows as its handlers: that of the program.
[[nodiscard]] std::string service_name(const pf_program& program);
/// JSON, which is the same in versions 2 to 4.
[[nodiscard]] std::string manifest(const pf_program& program);

}  // namespace pflow::restate
