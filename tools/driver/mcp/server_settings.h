/// How a server is reached: the member `server` of its file.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "support/result.h"
#include "tools/driver/driver_env.h"
#include "tools/driver/mcp/request.h"
#include "tools/driver/packages/made_package.h"

namespace pflow::mcp {

/// As the command line says it, for a file in `folder`: files that it names are found from there.
/// An empty folder: from anywhere.
[[nodiscard]] boost::json::object settings(const Request& request, const std::string& folder);

/// The file of a package.
[[nodiscard]] Result<boost::json::object> read_file(const MadePackage& package, DriverEnv& env);
/// As it says it.
[[nodiscard]] Result<boost::json::object> read_settings(const MadePackage& package, DriverEnv& env);
/// The same with files that are found from anywhere.
[[nodiscard]] boost::json::object seen_from_anywhere(boost::json::object settings,
                                                     const MadePackage& package);

/// The command or address, as it is shown.
[[nodiscard]] std::string reach(const boost::json::object& settings);

}  // namespace pflow::mcp
