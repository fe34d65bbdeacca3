/// A request of MCP, and what all results have.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "pflow/abi.h"

namespace pflow::serve {

/// What a request says of itself.
struct McpRequest {
  boost::json::value id;
  bool modern = false;  ///< of 2026-07-28
  std::string session;  ///< that its id belongs to
};

/// The members that results of the newer protocol have.
void finish_result(boost::json::object& result, const McpRequest& request,
                   const pf_program& program);

/// How the program calls itself.
[[nodiscard]] boost::json::object server_info(const pf_program& program);

}  // namespace pflow::serve
