/// The keys that a request carries.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "plan.h"
#include "stdlib-nodes/mcp/settings.h"

namespace pf_openapi {

struct Credentials {
  std::vector<std::pair<std::string, std::string>> headers;
  std::string query;              ///< `name=value`, percent-encoded
  std::string cookies;            ///< `name=value`
  std::vector<std::string> keys;  ///< which no error is to show
};

/// Of the ways to call the operation the first whose keys are all set. What is wrong when there is
/// none: the key that lacks for the first.
pf_mcp::Problem credentials(const Plan& plan, Credentials* out);

}  // namespace pf_openapi
