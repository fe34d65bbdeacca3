/// A server that the program starts, which talks on its standard streams.
#pragma once

#include "link.h"

namespace pf_mcp {

Link* start_process(const Settings& settings, Client& client, std::string* problem);

}  // namespace pf_mcp
