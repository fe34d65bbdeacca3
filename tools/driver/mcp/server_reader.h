/// What a server says of itself. It is started, or asked, by a flow, so that everything is as in
/// every flow: errors, keys, limits, the end of its process.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "support/result.h"
#include "tools/driver/driver_env.h"

namespace pflow::mcp {

/// `{"server": …, "instructions": …, "tools": […]}` of the server that is reached as `settings`,
/// the member `server` of a file, say.
[[nodiscard]] Result<boost::json::object> read_server(const std::string& name,
                                                      const boost::json::object& settings,
                                                      DriverEnv& env);

}  // namespace pflow::mcp
