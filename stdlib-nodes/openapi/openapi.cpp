// `by openapi(…)`: what the nodes of a program call that operations of an API carry out.
#include "address.h"
#include "answer.h"
#include "body.h"
#include "plan.h"
#include "security.h"
#include "stdlib-nodes/net/request.h"
#include "styles.h"

namespace pf_openapi {
namespace {

constexpr int64_t kMostRedirects = 10;

/// What a request is made of, as long as it is being started.
struct Request {
  std::string url, cookies;
  std::vector<std::pair<std::string, std::string>> headers;
  std::vector<std::string> secrets;
  Body body;
};

void add_parameters(const Plan& plan, const Ports& ports, Request* request) {
  for (const pf_json& entry : items(member(&plan.operation(), "parameters"))) {
    const std::string_view in = text_member(&entry, "in");
    if (in != "header" && in != "cookie") continue;
    Json value;
    if (!ports.read(text_member(&entry, "port"), &value)) continue;
    if (in == "cookie") {
      add_to_cookies(request->cookies, style_of(entry, "form"), value.get());
      continue;
    }
    const Style style = style_of(entry, "simple");
    request->headers.emplace_back(style.name, header_text(style, value.get()));
  }
}

void add_credentials(const Credentials& credentials, Request* request) {
  request->secrets = credentials.keys;
  for (const auto& header : credentials.headers) request->headers.push_back(header);
  if (!credentials.query.empty())
    request->url += (request->url.find('?') == std::string::npos ? '?' : '&') + credentials.query;
  if (credentials.cookies.empty()) return;
  if (!request->cookies.empty()) request->cookies += "; ";
  request->cookies += credentials.cookies;
}

pf_status send(pf_call* call, const Plan& plan, const Request& request, void* out) {
  pf_net::Request sent;
  sent.url = pflow::literal(request.url);
  sent.method = pflow::literal(text_member(&plan.operation(), "method"));
  for (const auto& [name, value] : request.headers)
    sent.own_headers.push_back({pflow::literal(name), pflow::literal(value)});
  sent.own_headers.push_back({pflow::literal("User-Agent"), pflow::literal("pflow")});
  if (const std::string_view accepted = text_member(&plan.operation(), "accept"); !accepted.empty())
    sent.own_headers.push_back({pflow::literal("Accept"), pflow::literal(accepted)});
  if (!request.cookies.empty())
    sent.own_headers.push_back({pflow::literal("Cookie"), pflow::literal(request.cookies)});
  sent.has_body = request.body.is_there;
  sent.body = pflow::literal(request.body.bytes);
  if (sent.has_body) sent.content_type = request.body.type.c_str();
  sent.redirects = kMostRedirects;
  sent.json_errors = true;
  sent.secrets = request.secrets;
  return pf_net::start(call, sent, out, &plan, take_answer);
}

pf_status fail(pf_call* call, pf_error_kind kind, const pf_mcp::Problem& problem) {
  pflow::fail(call, kind, problem.text);
  if (!problem.help.empty()) pf_fail_help(call, "%s", problem.help.c_str());
  pf_fail_once(call);
  return PF_FAILED;
}

}  // namespace
}  // namespace pf_openapi

using pf_openapi::Plan;

extern "C" {

pf_status pf_by_openapi(const pf_foreign* node, pf_call* call, const void* in, void* out) {
  const Plan& plan = Plan::of(*node);
  const pf_openapi::Ports ports(plan, in);
  pf_openapi::Request request;
  std::string problem;
  request.url = pf_openapi::address(plan, ports, &problem);
  if (!problem.empty()) return pf_openapi::fail(call, PF_E_VALUE, {problem, ""});
  pf_openapi::add_parameters(plan, ports, &request);
  pf_openapi::Credentials credentials;
  pf_mcp::Problem wrong = pf_openapi::credentials(plan, &credentials);
  if (!wrong.text.empty()) return pf_openapi::fail(call, PF_E_CONFIG, wrong);
  pf_openapi::add_credentials(credentials, &request);
  request.body = pf_openapi::body(plan, ports);
  return pf_openapi::send(call, plan, request, out);
}

bool pf_by_openapi_preflight(const pf_foreign* node, const pf_site* const*, size_t) {
  const Plan& plan = Plan::of(*node);
  pf_openapi::Credentials credentials;
  pf_mcp::Problem problem = pf_openapi::check_server(plan);
  if (problem.text.empty()) problem = pf_openapi::credentials(plan, &credentials);
  if (problem.text.empty()) return true;
  pf_config_error(node->declared, problem.help.empty() ? nullptr : problem.help.c_str(), "%s",
                  problem.text.c_str());
  return false;
}

/// A result that is kept is that of the server that gave it.
void pf_by_openapi_settings(const pf_foreign* node, pf_settings* to, const pf_site* const*,
                            size_t) {
  const std::string variable = pf_openapi::server_variable(Plan::of(*node));
  const char* server = getenv(variable.c_str());
  if (server != nullptr) pf_setting_add(to, variable.c_str(), server);
}

}  // extern "C"
