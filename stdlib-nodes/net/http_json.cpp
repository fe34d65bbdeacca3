// http_json: a request whose answer is JSON of a given type.
#include "net.pf.hpp"
#include "request.h"

namespace {

pf_status take_response(pf_call* call, void* out, const pflow::HttpResponse& response) {
  auto* made = static_cast<http_json_out*>(out);
  const auto* in = static_cast<const http_json_in*>(pf_net::input(call));
  pf_str body{};
  if (pf_net::take_text(call, response, &body) != PF_DONE) return PF_FAILED;
  pflow::Text text(body);
  if (pf_json_read(call, &text.get(), in->type_T, made->value) != PF_DONE) return PF_FAILED;
  made->status = response.status;
  made->headers = pf_net::header_map(response);
  return PF_DONE;
}

}  // namespace

pf_status pfn_net_http_json(pf_call* call, const http_json_in* in, http_json_out* out) {
  pf_net::Request request{.url = in->url,
                          .method = in->method,
                          .headers = in->headers,
                          .query = in->query,
                          .redirects = in->redirects};
  pflow::Text json;
  if (in->json.has) {
    json = pflow::Text(pflow::json_text(in->json.value));
    request.body = json.get();
    request.has_body = true;
    request.content_type = "application/json";
  }
  return pf_net::start(call, request, out, in, take_response);
}

pf_status pfn_net_http_json_scripted(pf_call* call, const http_json_scripted_in* in,
                                     http_json_out* out) {
  if (pf_json_read(call, &in->answer, in->call.type_T, out->value) != PF_DONE) return PF_FAILED;
  out->status = 200;
  return PF_DONE;
}
