/// Where a description comes from: a file, or an address.
#pragma once

#include <boost/json/value.hpp>
#include <string>

#include "support/result.h"
#include "tools/driver/driver_env.h"

namespace pflow::openapi {

[[nodiscard]] bool is_address(std::string_view source);

/// The value of its text. An address is asked by a flow, so that everything is as in every flow.
[[nodiscard]] Result<boost::json::value> read_source(const std::string& source, DriverEnv& env);

}  // namespace pflow::openapi
