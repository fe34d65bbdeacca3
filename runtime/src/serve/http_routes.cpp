#include "runtime/src/serve/http_routes.h"

#include "runtime/src/serve/call_errors.h"
#include "runtime/src/serve/flows.h"
#include "runtime/src/serve/http_flow.h"
#include "runtime/src/serve/http_mcp.h"
#include "runtime/src/serve/openapi.h"
#include "runtime/src/serve/server.h"

namespace pflow::serve {
namespace {

constexpr std::string_view kFlows = "/flows/";

bool is_get(const HttpIn& request) { return request.method == "GET" || request.method == "HEAD"; }

void wrong_method(HttpConnection& connection, std::string_view allowed) {
  connection.respond({.status = 405,
                      .body = error_json("usage", "this address takes " + std::string(allowed)),
                      .headers = "Allow: " + std::string(allowed) + "\r\n"});
}

void not_found(HttpConnection& connection, std::string_view message) {
  connection.respond({.status = 404, .body = error_json("usage", message)});
}

void answer_health(HttpConnection& connection) {
  if (is_draining()) return connection.respond({.status = 503, .body = R"({"status":"ending"})"});
  connection.respond({.body = R"({"status":"ok"})"});
}

void answer_flows(HttpConnection& connection, const pf_program& program, std::string_view name) {
  const pf_served* flow = find_flow(program, name);
  if (!flow) return not_found(connection, no_flow(program, name));
  if (connection.request().method != "POST") return wrong_method(connection, "POST");
  answer_flow(connection, *flow);
}

}  // namespace

void answer_request(HttpConnection& connection, const pf_program& program, const HttpGuard& guard) {
  const HttpIn& request = connection.request();
  const std::string_view path = request.path();
  const bool is_health = path == "/health";
  if (auto refusal = guard.refuses(request, !is_health)) return connection.respond(*refusal);
  if (path.starts_with(kFlows))
    return answer_flows(connection, program, path.substr(kFlows.size()));
  if (path == "/mcp") {
    if (request.method != "POST") return wrong_method(connection, "POST");
    return answer_mcp(connection, program);
  }
  if (!is_health && path != "/openapi.json")
    return not_found(connection,
                     "there is `POST /flows/NAME`, `/mcp`, `/openapi.json` and `/health`");
  if (!is_get(request)) return wrong_method(connection, "GET, HEAD");
  if (is_health) return answer_health(connection);
  connection.respond({.body = openapi_document(program)});
}

}  // namespace pflow::serve
