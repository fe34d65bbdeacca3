/// By what requests are compared.
#pragma once

#include <string>

#include "runtime/src/cassettes/interaction.h"

namespace pflow::cassettes {

/// The same for requests that match: method, URL with its query as sorted pairs, and the body: as
/// a value when it is JSON, else by its bytes.
std::string request_key(const Interaction& request);

}  // namespace pflow::cassettes
