/// The file of a server as text, one value a line, so that changes of it can be read.
#pragma once

#include <boost/json/value.hpp>
#include <string>

namespace pflow::mcp {

[[nodiscard]] std::string server_text(const boost::json::value& file);

}  // namespace pflow::mcp
