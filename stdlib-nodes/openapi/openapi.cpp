// `by openapi(…)`: what the nodes of a program call that operations of an API carry out.
#include "address.h"
#include "answer.h"
#include "pages.h"
#include "plan.h"
#include "request.h"
#include "security.h"

using pf_openapi::Plan;

extern "C" {

pf_status pf_by_openapi(const pf_foreign* node, pf_call* call, const void* in, void* out) {
  const Plan& plan = Plan::of(*node);
  pf_openapi::Request request;
  if (pf_openapi::make_request(call, plan, pf_openapi::Ports(plan, in), &request) != PF_DONE)
    return PF_FAILED;
  if (pf_openapi::gives_pages(plan)) {
    pf_openapi::open_pages(plan, std::move(request), out);
    return PF_DONE;
  }
  const pf_net::Request sent = pf_openapi::net_request(plan, request, request.url);
  return pf_net::start(call, sent, out, &plan, pf_openapi::take_answer);
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
