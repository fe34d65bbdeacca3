#include "runtime/src/serve/json_rpc.h"

namespace pflow::serve {

namespace json = boost::json;

std::string rpc_result(const json::value& id, json::object result) {
  json::object message = {{"jsonrpc", "2.0"}, {"id", id}, {"result", std::move(result)}};
  return json::serialize(message);
}

std::string rpc_error(const json::value& id, RpcCode code, std::string_view message,
                      json::value data) {
  json::object error = {{"code", static_cast<int>(code)}, {"message", message}};
  if (!data.is_null()) error["data"] = std::move(data);
  return json::serialize(json::object{{"jsonrpc", "2.0"}, {"id", id}, {"error", std::move(error)}});
}

std::string rpc_notification(std::string_view method, json::object params) {
  return json::serialize(
      json::object{{"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(params)}});
}

const json::object* object_member(const json::object& object, std::string_view name) {
  const json::value* member = object.if_contains(name);
  return member ? member->if_object() : nullptr;
}

const json::string* text_member(const json::object& object, std::string_view name) {
  const json::value* member = object.if_contains(name);
  return member ? member->if_string() : nullptr;
}

}  // namespace pflow::serve
