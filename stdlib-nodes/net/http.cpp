// http: any request, its answer as text.
#include "net.pf.hpp"
#include "request.h"

namespace {

pf_status take_response(pf_call* call, void* out, const pflow::HttpResponse& response) {
  auto* made = static_cast<http_out*>(out);
  size_t valid = pf_utf8_valid_prefix(response.body.data, response.body.len);
  if (valid != response.body.len)
    return pf_fail(call, PF_E_PARSE,
                   "the body of the answer is not UTF-8 text: byte %zu does not belong there",
                   valid);
  made->body = pflow::share(response.body);
  made->status = response.status;
  made->headers = pf_net::header_map(response);
  return PF_DONE;
}

}  // namespace

pf_status pfn_net_http(pf_call* call, const http_in* in, http_out* out) {
  int bodies = in->body.has + in->json.has + in->data.has;
  if (bodies > 1)
    return pflow::fail(call, PF_E_VALUE, "more than one of `body`, `json` and `data` is given");
  pf_net::Request request{.url = in->url,
                          .method = in->method,
                          .headers = in->headers,
                          .query = in->query,
                          .redirects = in->redirects,
                          .check = in->check};
  request.has_body = bodies == 1;
  pflow::Text json;
  if (in->json.has) {
    json = pflow::Text(pflow::json_text(in->json.value));
    request.body = json.get();
    request.content_type = "application/json";
  } else if (in->body.has) {
    request.body = in->body.value;
    request.content_type = "text/plain; charset=utf-8";
  } else if (in->data.has) {
    request.body = in->data.value;
    request.content_type = "application/octet-stream";
  }
  return pf_net::start(call, request, out, in, take_response);
}
