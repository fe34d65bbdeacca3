/// Where a request goes.
#pragma once

#include <string>

#include "plan.h"
#include "stdlib-nodes/mcp/settings.h"

namespace pf_openapi {

/// The variable that says where the API is instead of its file: PETSTORE_SERVER of `petstore`.
std::string server_variable(const Plan& plan);

/// What is wrong with where the API is, before anything runs; `text` is empty when nothing is.
pf_mcp::Problem check_server(const Plan& plan);

/// The address with path and query; or `problem`, which names a port that cannot stand in it.
std::string address(const Plan& plan, const Ports& ports, std::string* problem);

}  // namespace pf_openapi
