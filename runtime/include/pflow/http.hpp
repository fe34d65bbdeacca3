/// The shared HTTP client of async nodes: libcurl on the event loop, loaded when the
/// first request starts and not needed by flows that make none. Connections
/// are reused, HTTP/2 is used where the server offers it, at most 1,024 connections
/// per host are open, proxies come from the environment, certificates are checked.
///
///   pflow::HttpRequest request;
///   request.url = url;
///   pflow::HttpExchange* exchange = pflow::http_start(request, on_response, state);
///   …
///   void on_response(void* state, const pflow::HttpResponse& response) {
///     if (response.error) … else use(response.status, response.body);
///   }
///
/// Loop thread only. A package that uses it lists `libpf_http.a` in its .link file
/// before anything else of ours.
#pragma once

#include <stdlib.h>

#include "pflow/node.hpp"

namespace pflow {

struct HttpHeader {
  pf_str name;
  pf_str value;
};

/// Read by `http_start` alone: nothing in it need outlive that call.
struct HttpRequest {
  const char* method = "GET";
  pf_str url{};
  const HttpHeader* headers = nullptr;
  size_t header_count = 0;
  pf_str body{};  ///< sent when `has_body`
  bool has_body = false;
  int max_redirects = 0;  ///< 0: a redirect is the response
  int64_t connect_timeout_ms = 30'000;
  int64_t timeout_ms = 0;             ///< for the whole exchange; 0: none
  size_t max_body = size_t{1} << 30;  ///< of the response
};

/// Valid during the callback; `body` is kept by `pf_str_retain`.
struct HttpResponse {
  /// Null, or why there is no response: a text to stand in an error.
  const char* error = nullptr;
  /// With `error`: PF_E_NETWORK, PF_E_TIMEOUT, PF_E_CANCELLED, or PF_E_VALUE for a URL
  /// or header that cannot be sent.
  pf_error_kind error_kind = PF_E_NETWORK;
  const char* help = nullptr;  ///< with `error`: what can be done about it, if known
  int status = 0;
  pf_str body{};
  const HttpHeader* headers = nullptr;  ///< names in lower case, in the order received
  size_t header_count = 0;
};

/// How long the server asks to wait (Retry-After), in nanoseconds; negative when it
/// does not say. A date is left to the policy's own wait.
inline int64_t http_retry_after(const HttpResponse& response) {
  for (size_t i = 0; i < response.header_count; ++i) {
    if (view(response.headers[i].name) != "retry-after") continue;
    CText text(response.headers[i].value);
    char* end;
    double seconds = strtod(text.c_str(), &end);
    if (end != text.c_str() && *end == '\0' && seconds >= 0 && seconds < 1e9)
      return static_cast<int64_t>(seconds * 1e9);
  }
  return -1;
}

/// One request on its way.
struct HttpExchange;
using HttpDone = void (*)(void* user, const HttpResponse& response);

/// Null, or why no request can be made on this machine: a text to stand in an error,
/// with kHttpHelp as its help. Loads libcurl; for preflights that know of a request.
const char* http_problem();
inline constexpr const char* kHttpHelp = "`apt-get install libcurl4`";

/// Starts a request. `done` is called once, never before this returns; the exchange
/// is gone afterwards.
HttpExchange* http_start(const HttpRequest& request, HttpDone done, void* user);

/// Drops the request; `done` is called, with PF_E_CANCELLED, before this returns.
void http_cancel(HttpExchange* exchange);

}  // namespace pflow
