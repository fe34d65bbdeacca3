/// The ports of a node that is made of a schema.
#pragma once

#include <string>
#include <vector>

#include "frontend/json_schema/type.h"

namespace pflow::json_schema {

/// Those that must be given stand first; else the order stays.
[[nodiscard]] std::vector<Property> required_first(std::vector<Property> ports);

/// What stands in brackets behind the name of a node, in the order of `required_first`: names are
/// those of ports. The only one that must be given is what a chain feeds.
[[nodiscard]] std::string port_list(std::vector<Property> ports);

}  // namespace pflow::json_schema
