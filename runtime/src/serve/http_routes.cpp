#include "runtime/src/serve/http_routes.h"

#include "runtime/src/serve/flows.h"
#include "runtime/src/serve/http_flow.h"
#include "runtime/src/serve/http_mcp.h"
#include "runtime/src/serve/http_refusals.h"
#include "runtime/src/serve/http_runs.h"
#include "runtime/src/serve/openapi.h"
#include "runtime/src/serve/server.h"

namespace pflow::serve {
namespace {

constexpr std::string_view kFlows = "/flows/", kRuns = "/runs/";

bool is_get(const HttpIn& request) { return request.method == "GET" || request.method == "HEAD"; }

void answer_health(HttpResponder& responder) {
  if (is_draining()) return responder.respond({.status = 503, .body = R"({"status":"ending"})"});
  responder.respond({.body = R"({"status":"ok"})"});
}

void answer_flows(HttpResponder& responder, const pf_program& program, std::string_view name) {
  const pf_served* flow = find_flow(program, name);
  if (!flow) return respond_refusal(responder, 404, no_flow(program, name));
  if (responder.request().method != "POST") return respond_wrong_method(responder, "POST");
  answer_flow(responder, *flow);
}

}  // namespace

void answer_request(HttpResponder& responder, const pf_program& program, const HttpGuard& guard) {
  const HttpIn& request = responder.request();
  const std::string_view path = request.path();
  const bool is_health = path == "/health";
  if (auto refusal = guard.refuses(request, !is_health)) return responder.respond(*refusal);
  if (path.starts_with(kFlows)) return answer_flows(responder, program, path.substr(kFlows.size()));
  if (path.starts_with(kRuns)) return answer_run(responder, path.substr(kRuns.size()));
  if (path == "/mcp") {
    if (request.method != "POST") return respond_wrong_method(responder, "POST");
    return answer_mcp(responder, program);
  }
  if (!is_health && path != "/openapi.json")
    return respond_refusal(
        responder, 404,
        "there is `POST /flows/NAME`, `/runs/ID`, `/mcp`, `/openapi.json` and `/health`");
  if (!is_get(request)) return respond_wrong_method(responder, "GET, HEAD");
  if (is_health) return answer_health(responder);
  responder.respond({.body = openapi_document(program)});
}

}  // namespace pflow::serve
