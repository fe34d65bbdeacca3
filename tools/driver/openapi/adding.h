/// `pflowc openapi add`: the package of an API, made or made anew.
#pragma once

#include <string>

#include "tools/driver/home/session.h"

namespace pflow::openapi {

/// An empty `source`: that from which the package was made.
int add(const std::string& name, const std::string& source, const Request& asked,
        home::Session& session);

}  // namespace pflow::openapi
