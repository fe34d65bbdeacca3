#include "request.h"

#include "address.h"
#include "styles.h"

namespace pf_openapi {
namespace {

constexpr int64_t kMostRedirects = 10;

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

void add_credentials(Request* request) {
  for (const auto& header : request->credentials.headers) request->headers.push_back(header);
  if (request->credentials.cookies.empty()) return;
  if (!request->cookies.empty()) request->cookies += "; ";
  request->cookies += request->credentials.cookies;
}

pf_status fail(pf_call* call, pf_error_kind kind, const pf_mcp::Problem& problem) {
  pflow::fail(call, kind, problem.text);
  if (!problem.help.empty()) pf_fail_help(call, "%s", problem.help.c_str());
  pf_fail_once(call);
  return PF_FAILED;
}

}  // namespace

pf_status make_request(pf_call* call, const Plan& plan, const Ports& ports, Request* out) {
  std::string problem;
  out->url = address(plan, ports, &problem);
  if (!problem.empty()) return fail(call, PF_E_VALUE, {problem, ""});
  add_parameters(plan, ports, out);
  const pf_mcp::Problem wrong = credentials(plan, &out->credentials);
  if (!wrong.text.empty()) return fail(call, PF_E_CONFIG, wrong);
  add_credentials(out);
  out->body = body(plan, ports);
  return PF_DONE;
}

pf_net::Request net_request(const Plan& plan, const Request& request, std::string& url) {
  if (!request.credentials.query.empty())
    url += (url.find('?') == std::string::npos ? '?' : '&') + request.credentials.query;
  pf_net::Request sent;
  sent.url = pflow::literal(url);
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
  sent.secrets = request.credentials.keys;
  return sent;
}

}  // namespace pf_openapi
