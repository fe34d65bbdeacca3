#include "request.h"

#include <strings.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "excerpt.h"
#include "pflow/percent.hpp"
#include "pflow/shown_url.hpp"

namespace pf_net {
namespace {

using pflow::HttpResponse;
using pflow::TextEntry;
using pflow::view;

/// A request on its way.
struct Pending {
  pf_call* call;
  const void* in;
  void* out;
  Done done;
  pflow::HttpExchange* exchange;
  std::string method;
  std::string shown;  ///< the URL as errors may show it
  bool check;
  bool json_errors;
  bool repeatable;
  std::unique_ptr<Sink> sink;
  std::vector<std::string> secrets;  ///< what may stand in the headers, not to be shown
};

void add_encoded(std::string& url, std::string_view text) {
  pflow::percent_encode(text, [&](std::string_view piece) { url += piece; });
}

std::string shown_text(std::string_view url) {
  pflow::ShownUrl shown = pflow::shown_url(url);
  return std::string(shown.scheme) + std::string(shown.rest);
}

bool names(const Request& request, const char* header) {
  for (const TextEntry& entry : pflow::Elements<TextEntry>(request.headers)) {
    std::string name(view(entry.key));
    if (strcasecmp(name.c_str(), header) == 0) return true;
  }
  return false;
}

pf_status fail_transport(const Pending& pending, const HttpResponse& response) {
  if (response.error_kind == PF_E_CANCELLED)
    return pflow::fail(pending.call, PF_E_CANCELLED, "the request was cancelled");
  pflow::fail(pending.call, response.error_kind,
              pending.method + " " + pending.shown + ": " + response.error);
  if (response.help) pf_fail_help(pending.call, "%s", response.help);
  if (response.once || !pending.repeatable) pf_fail_once(pending.call);
  return PF_FAILED;
}

bool is_json(const HttpResponse& response) {
  const pf_str* type = pflow::http_header(response, "content-type");
  if (type == nullptr) return false;
  const std::string_view name = view(*type).substr(0, view(*type).find(';'));
  return name.ends_with("/json") || name.ends_with("+json");
}

/// The text, or the value that it is as JSON.
pf_json body_value(const Pending& pending, const HttpResponse& response, std::string_view body) {
  pf_json value{};
  pf_json_problem problem;
  const pf_str text = pflow::literal(body);
  if (pending.json_errors && is_json(response)) {
    if (pf_json_decode(&text, &pflow::kJsonType, &value, &problem)) return value;
    pf_str_release(problem.message);
  }
  return pflow::json(pflow::text(body));
}

/// `{ "status": …, "body": … }`, as `error.data`.
pf_json error_data(const Pending& pending, const HttpResponse& response, std::string_view body) {
  pflow::JsonObject data;
  data.add("status", pflow::json(int64_t{response.status}));
  data.add("body", body_value(pending, response, body));
  return data.take();
}

pf_status fail_status(const Pending& pending, const HttpResponse& response) {
  pf_error_kind kind = response.status == 429 ? PF_E_RATE_LIMIT : PF_E_HTTP;
  pflow::fail(pending.call, kind,
              pending.method + " " + pending.shown + " was answered with HTTP " +
                  std::to_string(response.status));
  pf_fail_status(pending.call, response.status, pflow::http_retry_after(response));
  std::string body = said_text(response, pending.secrets);
  pf_fail_data(pending.call, error_data(pending, response, body));
  std::string said = excerpt(body, response);
  if (!said.empty()) pf_fail_note(pending.call, "the answer: %s", said.c_str());
  if (!pending.repeatable) pf_fail_once(pending.call);
  return PF_FAILED;
}

void answered(void* user, const HttpResponse& response) {
  auto* pending = static_cast<Pending*>(user);
  pf_call* call = pending->call;
  pf_status status = PF_DONE;
  if (response.error)
    status = fail_transport(*pending, response);
  else if (pending->check && response.status >= 400)
    status = fail_status(*pending, response);
  if (pending->sink)
    status = pending->sink->end(call, pending->out, response, status);
  else if (status == PF_DONE)
    status = pending->done(call, pending->out, response);
  delete pending;
  if (status == PF_PENDING) return;  // with another request
  call->state = nullptr;
  pf_complete(call, status);
}

constexpr pflow::HttpSink kSink = {[](void* user, const HttpResponse& head) {
                                     return static_cast<Pending*>(user)->sink->begin(head);
                                   },
                                   [](void* user, const char* data, size_t len) {
                                     return static_cast<Pending*>(user)->sink->take({data, len});
                                   }};

void cancel(pf_call* call) {
  if (call->state) pflow::http_cancel(static_cast<Pending*>(call->state)->exchange);
}

}  // namespace

std::string full_url(const Request& request) {
  std::string url(view(request.url));
  std::string fragment;
  if (size_t hash = url.find('#'); hash != std::string::npos) {
    fragment = url.substr(hash);
    url.resize(hash);
  }
  for (const TextEntry& entry : pflow::Elements<TextEntry>(request.query)) {
    if (url.find('?') == std::string::npos)
      url += '?';
    else if (!url.ends_with('?') && !url.ends_with('&'))
      url += '&';
    add_encoded(url, view(entry.key));
    url += '=';
    add_encoded(url, view(entry.value));
  }
  return url + fragment;
}

const void* input(const pf_call* call) { return static_cast<const Pending*>(call->state)->in; }

pf_status start(pf_call* call, const Request& request, void* out, const void* in, Done done) {
  std::unique_ptr<Sink> sink(request.sink);
  if (request.redirects < 0)
    return pf_fail(call, PF_E_VALUE, "`redirects` is %lld; expected 0 or more",
                   static_cast<long long>(request.redirects));
  std::vector<pflow::HttpHeader> headers = request.own_headers;
  for (const TextEntry& entry : pflow::Elements<TextEntry>(request.headers))
    headers.push_back({entry.key, entry.value});
  if (request.content_type && !names(request, "content-type"))
    headers.push_back({pflow::literal("Content-Type"), pflow::literal(request.content_type)});
  std::string url = full_url(request);
  std::string method(view(request.method));
  pflow::HttpRequest sent;
  sent.method = method.c_str();
  sent.url = pflow::literal(url);
  sent.headers = headers.data();
  sent.header_count = headers.size();
  sent.body = request.body;
  sent.has_body = request.has_body;
  sent.max_redirects = static_cast<int>(std::min<int64_t>(request.redirects, 1000));
  sent.max_body = request.most;
  sent.sink = sink ? &kSink : nullptr;
  sent.encoded = !sink;
  std::vector<std::string> secrets = secrets_in(headers);
  secrets.insert(secrets.end(), request.secrets.begin(), request.secrets.end());
  auto* pending = new Pending{.call = call,
                              .in = in,
                              .out = out,
                              .done = done,
                              .exchange = nullptr,
                              .method = method,
                              .shown = shown_text(url),
                              .check = request.check,
                              .json_errors = request.json_errors,
                              .repeatable = pflow::http_repeatable(sent),
                              .sink = std::move(sink),
                              .secrets = std::move(secrets)};
  call->state = pending;
  call->cancel = cancel;
  pending->exchange = pflow::http_start(sent, answered, pending);
  return PF_PENDING;
}

pf_status take_text(pf_call* call, const HttpResponse& response, pf_str* out) {
  pf_str why{};
  if (pflow::http_text(response, out, &why)) return PF_DONE;
  pflow::Text problem(why);
  return pflow::fail(call, PF_E_PARSE, "the body of the answer " + std::string(problem.view()));
}

pf_list header_map(const HttpResponse& response) {
  pflow::TextMap map;
  for (size_t i = 0; i < response.header_count; ++i) {
    const pflow::HttpHeader& header = response.headers[i];
    if (const pf_str* known = map.find(view(header.name)))
      map.set(view(header.name), pflow::join({view(*known), ", ", view(header.value)}));
    else
      map.set(view(header.name), pflow::text(view(header.value)));
  }
  return map.take();
}

}  // namespace pf_net
