// http, http_bytes: any request, its answer as text or as bytes.
#include "net.pf.hpp"
#include "request.h"

namespace {

pf_status take_text(pf_call* call, void* out, const pflow::HttpResponse& response) {
  auto* made = static_cast<http_out*>(out);
  if (pf_net::take_text(call, response, &made->body) != PF_DONE) {
    pf_fail_help(call, "`http_bytes` gives any body as bytes, `download` writes it to a file");
    return PF_FAILED;
  }
  made->status = response.status;
  made->headers = pf_net::header_map(response);
  return PF_DONE;
}

pf_status take_bytes(pf_call*, void* out, const pflow::HttpResponse& response) {
  auto* made = static_cast<http_bytes_out*>(out);
  made->data = pflow::share(response.body);
  made->status = response.status;
  made->headers = pf_net::header_map(response);
  return PF_DONE;
}

/// `http` and `http_bytes` ask alike.
template <typename In>
pf_status ask(pf_call* call, const In* in, void* out, pf_net::Done done) {
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
  return pf_net::start(call, request, out, in, done);
}

}  // namespace

pf_status pfn_net_http(pf_call* call, const http_in* in, http_out* out) {
  return ask(call, in, out, take_text);
}

pf_status pfn_net_http_bytes(pf_call* call, const http_bytes_in* in, http_bytes_out* out) {
  return ask(call, in, out, take_bytes);
}

pf_status pfn_net_http_scripted(pf_call*, const http_scripted_in* in, http_out* out) {
  out->body = pflow::share(in->answer);
  out->status = 200;
  return PF_DONE;
}
