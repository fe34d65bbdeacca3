/// Swagger 2.0 as OpenAPI 3.0.
#pragma once

#include <boost/json.hpp>

namespace pflow::openapi {

/// The document with the members of 3.0 that nodes are made of. References stay as they are:
/// `definitions` keep their place.
[[nodiscard]] boost::json::value from_swagger(const boost::json::object& document);

}  // namespace pflow::openapi
