/// Messages of JSON-RPC 2.0.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>

namespace pflow::serve {

enum RpcCode : int {
  kParseError = -32700,
  kInvalidRequest = -32600,
  kNoMethod = -32601,
  kInvalidParams = -32602,
  kHeaderMismatch = -32020,  ///< this and the next are of MCP
  kUnsupportedVersion = -32022
};

[[nodiscard]] std::string rpc_result(const boost::json::value& id, boost::json::object result);
/// `data` of null is left out.
[[nodiscard]] std::string rpc_error(const boost::json::value& id, RpcCode code,
                                    std::string_view message, boost::json::value data = nullptr);
[[nodiscard]] std::string rpc_notification(std::string_view method, boost::json::object params);

/// The member that is an object; null when there is none.
[[nodiscard]] const boost::json::object* object_member(const boost::json::object& object,
                                                       std::string_view name);
/// The member that is a text; null when there is none.
[[nodiscard]] const boost::json::string* text_member(const boost::json::object& object,
                                                     std::string_view name);

}  // namespace pflow::serve
