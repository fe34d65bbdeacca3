#include "runtime/src/serve/mcp.h"

#include <algorithm>
#include <boost/json.hpp>

#include "runtime/src/serve/arguments.h"
#include "runtime/src/serve/flows.h"
#include "runtime/src/serve/json_rpc.h"
#include "runtime/src/serve/mcp_call.h"
#include "runtime/src/serve/mcp_request.h"
#include "runtime/src/serve/mcp_tools.h"

namespace pflow::serve {
namespace {

namespace json = boost::json;

constexpr std::string_view kModern = "2026-07-28";
/// The newest first.
constexpr std::string_view kLegacy[] = {"2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"};
constexpr std::string_view kVersionKey = "io.modelcontextprotocol/protocolVersion";
constexpr std::string_view kCapabilitiesKey = "io.modelcontextprotocol/clientCapabilities";

bool is_legacy(std::string_view version) {
  return std::ranges::find(kLegacy, version) != std::end(kLegacy);
}

/// One message.
class McpMessage {
 public:
  McpMessage(const pf_program& program, const McpHeaders* headers, McpPeer& peer)
      : program_(program), headers_(headers), peer_(peer) {
    if (headers) request_.session = headers->session;
  }

  bool take(std::string_view text);

 private:
  bool take(const json::object& message);
  void notified(std::string_view method);
  void asked(std::string_view method);
  bool check_era(std::string_view method);
  bool check_modern(std::string_view method, const json::string* version);
  bool check_headers(std::string_view method, std::string_view version);
  bool check_legacy(std::string_view method);
  bool refuse(RpcCode code, std::string_view message, int status = 400, json::value data = nullptr);
  void give(json::object result);

  void initialize();
  void discover();
  void list_tools();
  void call();

  const pf_program& program_;
  const McpHeaders* headers_;
  McpPeer& peer_;
  McpRequest request_;
  const json::object* params_ = nullptr;  ///< null: there are none
  const json::object* meta_ = nullptr;
};

/// Returns true: it is answered.
bool McpMessage::refuse(RpcCode code, std::string_view message, int status, json::value data) {
  peer_.answer(rpc_error(request_.id, code, message, std::move(data)), status);
  return true;
}

void McpMessage::give(json::object result) {
  finish_result(result, request_, program_);
  peer_.answer(rpc_result(request_.id, std::move(result)), 200);
}

bool McpMessage::take(std::string_view text) {
  std::string problem;
  const json::value message = parse_json(text, problem);
  if (!problem.empty()) return refuse(kParseError, problem);
  if (message.is_array())
    return refuse(kInvalidRequest, "batches are no part of the protocol: send one message");
  if (!message.is_object()) return refuse(kInvalidRequest, "a message is an object");
  return take(message.get_object());
}

bool McpMessage::take(const json::object& message) {
  const json::value* id = message.if_contains("id");
  const bool known_id = id && (id->is_string() || id->is_int64() || id->is_uint64());
  if (known_id) request_.id = *id;
  const json::string* version = text_member(message, "jsonrpc");
  if (!version || *version != "2.0") return refuse(kInvalidRequest, "`jsonrpc` is not \"2.0\"");
  const json::string* method = text_member(message, "method");
  // Nothing is asked of clients, so that an answer of theirs answers nothing.
  if (!method && (message.contains("result") || message.contains("error"))) return false;
  if (!method) return refuse(kInvalidRequest, "there is no `method`");
  if (id && !known_id) return refuse(kInvalidRequest, "`id` is neither a text nor a whole number");
  const json::value* params = message.if_contains("params");
  if (params && !params->is_object()) {
    if (!id) return false;
    return refuse(kInvalidParams, "`params` is no object");
  }
  params_ = params ? &params->get_object() : nullptr;
  meta_ = params_ ? object_member(*params_, "_meta") : nullptr;
  if (!id) {
    notified(*method);
    return false;
  }
  if (check_era(*method)) asked(*method);
  return true;
}

void McpMessage::notified(std::string_view method) {
  if (method != "notifications/cancelled" || !params_) return;
  if (const json::value* id = params_->if_contains("requestId")) cancel_tool(request_.session, *id);
}

/// False: it was refused.
bool McpMessage::check_era(std::string_view method) {
  const json::string* version = meta_ ? text_member(*meta_, kVersionKey) : nullptr;
  const bool says_so = headers_ && headers_->version == kModern;
  request_.modern = version || says_so || method == "server/discover";
  return request_.modern ? check_modern(method, version) : check_legacy(method);
}

bool McpMessage::check_modern(std::string_view method, const json::string* version) {
  if (!version || !meta_ || !object_member(*meta_, kCapabilitiesKey)) {
    refuse(kInvalidParams, "the request lacks `_meta` with protocol version and capabilities");
    return false;
  }
  if (headers_ && !check_headers(method, *version)) return false;
  if (*version == kModern) return true;
  refuse(kUnsupportedVersion, "this version of the protocol is not spoken here", 400,
         json::object{{"supported", json::array{kModern}}, {"requested", *version}});
  return false;
}

bool McpMessage::check_headers(std::string_view method, std::string_view version) {
  const json::string* name =
      params_ && method == "tools/call" ? text_member(*params_, "name") : nullptr;
  const char* wrong = headers_->version != version                        ? "MCP-Protocol-Version"
                      : headers_->method != method                        ? "Mcp-Method"
                      : name && headers_->name != std::string_view(*name) ? "Mcp-Name"
                                                                          : nullptr;
  if (!wrong) return true;
  refuse(kHeaderMismatch, std::string("the header `") + wrong + "` is not what the body says");
  return false;
}

bool McpMessage::check_legacy(std::string_view method) {
  if (!headers_ || !headers_->version || method == "initialize") return true;
  if (is_legacy(*headers_->version)) return true;
  std::string known;
  for (std::string_view version : kLegacy) known += ", " + std::string(version);
  refuse(kInvalidRequest, "`MCP-Protocol-Version` is none of " + std::string(kModern) + known);
  return false;
}

void McpMessage::asked(std::string_view method) {
  if (method == "tools/list") return list_tools();
  if (method == "tools/call") return call();
  if (request_.modern && method == "server/discover") return discover();
  if (!request_.modern && method == "initialize") return initialize();
  if (!request_.modern && method == "ping") return give({});
  refuse(kNoMethod, "there is no method `" + std::string(method) + "`",
         request_.modern ? 404 : 200);
}

void McpMessage::initialize() {
  const json::string* wanted = params_ ? text_member(*params_, "protocolVersion") : nullptr;
  if (!wanted) {
    refuse(kInvalidParams, "`protocolVersion` is missing", 200);
    return;
  }
  json::object result = {
      {"protocolVersion", is_legacy(*wanted) ? std::string_view(*wanted) : kLegacy[0]},
      {"capabilities", json::object{{"tools", json::object()}}},
      {"serverInfo", server_info(program_)}};
  if (program_.doc && *program_.doc) result["instructions"] = program_.doc;
  peer_.begins_session();
  give(std::move(result));
}

void McpMessage::discover() {
  json::object result = {{"supportedVersions", json::array{kModern}},
                         {"capabilities", json::object{{"tools", json::object()}}}};
  if (program_.doc && *program_.doc) result["instructions"] = program_.doc;
  result["ttlMs"] = 0;
  result["cacheScope"] = "public";
  give(std::move(result));
}

void McpMessage::list_tools() {
  json::object result = {{"tools", mcp_tools(program_)}};
  if (request_.modern) {
    result["ttlMs"] = 0;
    result["cacheScope"] = "public";
  }
  give(std::move(result));
}

void McpMessage::call() {
  const json::string* name = params_ ? text_member(*params_, "name") : nullptr;
  if (!name) {
    refuse(kInvalidParams, "`name` is missing", 200);
    return;
  }
  const pf_served* flow = find_flow(program_, *name);
  if (!flow) {
    refuse(kInvalidParams, no_flow(program_, *name), 200);
    return;
  }
  const json::value* given = params_->if_contains("arguments");
  if (given && !given->is_object() && !given->is_null()) {
    refuse(kInvalidParams, "`arguments` is no object", 200);
    return;
  }
  if (is_tool_called(request_.session, request_.id)) {
    refuse(kInvalidRequest, "a request of this `id` is in flight", 200);
    return;
  }
  const json::value* token = meta_ ? meta_->if_contains("progressToken") : nullptr;
  const json::object none;
  call_tool(program_, request_, *flow, given && given->is_object() ? given->get_object() : none,
            token, peer_);
}

}  // namespace

bool take_mcp_message(const pf_program& program, std::string_view text, const McpHeaders* headers,
                      McpPeer& peer) {
  return McpMessage(program, headers, peer).take(text);
}

void leave_mcp_peer(McpPeer& peer) { leave_tools(peer); }

}  // namespace pflow::serve
