/// The shared HTTP client of async nodes: libcurl on the event loop, loaded when the
/// first request starts and not needed by flows that make none. Connections
/// are reused, HTTP/2 is used where the server offers it over TLS, at most 1,024 connections
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

#include "pflow/node.hpp"

namespace pflow {

struct HttpHeader {
  pf_str name;
  pf_str value;
};

struct HttpResponse;

/// Takes the body of an answer as it comes, instead of `HttpResponse::body`.
struct HttpSink {
  /// Asked once, when the head of the answer is there (its `body` is empty, and redirects are
  /// behind): whether its body goes to `take`. Else it is collected.
  bool (*begin)(void* user, const HttpResponse& head);
  /// False: no more of it; the exchange ends with PF_E_CANCELLED.
  bool (*take)(void* user, const char* data, size_t len);
};

/// Read by `http_start` alone: nothing in it but the sink need outlive that call.
struct HttpRequest {
  const char* method = "GET";
  pf_str url{};
  /// No name twice, none that frames the message or speaks of the connection.
  const HttpHeader* headers = nullptr;
  size_t header_count = 0;
  pf_str body{};  ///< sent when `has_body`
  bool has_body = false;
  /// 0: a redirect is the response. To another origin go only headers that never hold a
  /// secret, as Accept and Content-Type.
  int max_redirects = 0;
  int64_t connect_timeout_ms = 30'000;
  int64_t timeout_ms = 0;             ///< of each request, redirects apart; 0: none
  size_t max_body = size_t{1} << 30;  ///< of the response, where it is collected
  const HttpSink* sink = nullptr;
  bool recorded = true;  ///< whether a recording hears of it, and may answer it
  bool encoded = true;   ///< whether the server may compress the body; it is decoded then
};

/// Valid during the callback; `body` is kept by `pf_str_retain`.
struct HttpResponse {
  /// Null, or why there is no response: a text to stand in an error.
  const char* error = nullptr;
  /// With `error`: PF_E_NETWORK, PF_E_TIMEOUT, PF_E_CANCELLED, PF_E_VALUE for a URL or
  /// header that cannot be sent, PF_E_IO when files lack, or PF_E_CONFIG for what the
  /// environment says of proxies and certificates.
  pf_error_kind error_kind = PF_E_NETWORK;
  const char* help = nullptr;  ///< with `error`: what can be done about it, if known
  bool once = false;           ///< with `error`: another try cannot end better
  int status = 0;
  pf_str body{};
  /// Names in lower case, in the order received; UTF-8, decoded from Latin-1 where they are not.
  const HttpHeader* headers = nullptr;
  size_t header_count = 0;
};

/// The value of a header, by its name in lower case; null when there is none.
const pf_str* http_header(const HttpResponse& response, std::string_view name);

/// The body as text: UTF-8, or decoded from the charset that the answer declares. It goes
/// through the gate of all text from outside. False: `*problem` is a text, to
/// be released, that says why it is none.
bool http_text(const HttpResponse& response, pf_str* out, pf_str* problem);

/// How long the server asks to wait (Retry-After), in nanoseconds; negative when it
/// does not say. A date is counted from the server's own.
int64_t http_retry_after(const HttpResponse& response);

/// Whether doing it twice is doing it once (RFC 9110, 9.2.2), or the server can tell by an
/// Idempotency-Key. Only such a request is sent again when a kept connection breaks.
bool http_repeatable(const HttpRequest& request);

/// One request on its way.
struct HttpExchange;
using HttpDone = void (*)(void* user, const HttpResponse& response);

/// Whether a header of this name may hold a secret; others, as Accept, never do.
bool http_may_hold_secret(const pf_str& name);

/// Null, or why no request can be made on this machine: a text to stand in an error,
/// with kHttpHelp as its help. Loads libcurl; for preflights that know of a request.
const char* http_problem();
inline constexpr const char* kHttpHelp = "`apt-get install libcurl4`";

/// Null, or why no request can ever go to this address: a text to stand in an error.
/// `http_problem()` is null.
const char* http_address_problem(const pf_str& url);

/// Null, or what the environment names that no request can go by to this address: a proxy that
/// is none, certificates that are not there. A text to stand in an error, valid until the
/// next call. The address has no problem.
const char* http_route_problem(const pf_str& url);

/// Whether a recording answers every request, so that nothing comes of waiting before one.
bool http_is_played();

/// Starts a request. `done` is called once, never before this returns; the exchange
/// is gone afterwards.
HttpExchange* http_start(const HttpRequest& request, HttpDone done, void* user);

/// Lets the server wait: from now on `take` gets nothing of the body and the connection is not
/// read, until `http_resume`, in which `take` may be called. Any callback may call these.
void http_pause(HttpExchange* exchange);
void http_resume(HttpExchange* exchange);

/// Drops the request; `done` is called, with PF_E_CANCELLED, before this returns.
void http_cancel(HttpExchange* exchange);

}  // namespace pflow
