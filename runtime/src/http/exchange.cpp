#include "runtime/src/http/exchange.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/src/http/curl_library.h"
#include "runtime/src/values/memory.h"

namespace pflow {
namespace {

bool is_plain_header(pf_str text) {
  for (size_t i = 0; i < text.len; ++i)
    if (text.data[i] == '\r' || text.data[i] == '\n' || text.data[i] == '\0') return false;
  return true;
}

bool equals(const char* a, const char* b) { return strcmp(a, b) == 0; }

pf_error_kind kind_of(CURLcode result) {
  if (result == CURLE_OPERATION_TIMEDOUT) return PF_E_TIMEOUT;
  const bool bad_address = result == CURLE_URL_MALFORMAT || result == CURLE_UNSUPPORTED_PROTOCOL;
  return bad_address ? PF_E_VALUE : PF_E_NETWORK;
}

/// Handles that have ended, for the next exchanges: making one costs as much as a
/// request on an open connection.
constexpr size_t kKept = 1024;
CURL* g_kept[kKept];
size_t g_kept_count;

CURL* take_handle() {
  if (g_kept_count == 0) return g_curl.easy_init();
  CURL* easy = g_kept[--g_kept_count];
  g_curl.easy_reset(easy);
  return easy;
}

void give_handle(CURL* easy) {
  if (g_kept_count == kKept) return g_curl.easy_cleanup(easy);
  g_kept[g_kept_count++] = easy;
}

}  // namespace

HttpExchange::~HttpExchange() {
  if (easy) give_handle(easy);
  if (sent_headers_) g_curl.slist_free_all(sent_headers_);
}

bool HttpExchange::set_headers(const HttpRequest& request) {
  for (size_t i = 0; i < request.header_count; ++i) {
    const HttpHeader& header = request.headers[i];
    if (header.name.len == 0 || !is_plain_header(header.name) || !is_plain_header(header.value)) {
      problem = "a header holds a line break or a NUL byte, or has no name";
      return false;
    }
    rt::Buffer line;
    line.add(header.name);
    // curl reads `Name:` as a removal; `Name;` sends it empty.
    line.add(header.value.len == 0 ? ";" : ": ");
    line.add(header.value);
    sent_headers_ = g_curl.slist_append(sent_headers_, line.c_str());
  }
  // Without it a body over 1 MB waits for a `100 Continue` that many servers never send.
  sent_headers_ = g_curl.slist_append(sent_headers_, "Expect:");
  g_curl.easy_setopt(easy, CURLOPT_HTTPHEADER, sent_headers_);
  return true;
}

void HttpExchange::set_method(const HttpRequest& request) {
  if (request.has_body) {
    g_curl.easy_setopt(easy, CURLOPT_POST, 1L);
    g_curl.easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                       static_cast<curl_off_t>(request.body.len));
    g_curl.easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, request.body.len ? request.body.data : "");
  } else if (equals(request.method, "HEAD")) {
    g_curl.easy_setopt(easy, CURLOPT_NOBODY, 1L);
  }
  bool implied = request.has_body ? equals(request.method, "POST")
                                  : equals(request.method, "GET") || equals(request.method, "HEAD");
  if (!implied) g_curl.easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method);
}

void HttpExchange::set_limits(const HttpRequest& request) {
  max_body_ = request.max_body;
  g_curl.easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
                     static_cast<long>(request.connect_timeout_ms));
  if (request.timeout_ms > 0)
    g_curl.easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout_ms));
  if (request.max_redirects > 0) {
    g_curl.easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 1L);
    g_curl.easy_setopt(easy, CURLOPT_MAXREDIRS, static_cast<long>(request.max_redirects));
    g_curl.easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  }
}

bool HttpExchange::prepare(const HttpRequest& request) {
  easy = take_handle();
  if (!easy || (request.url.len != 0 && memchr(request.url.data, '\0', request.url.len))) {
    problem = "the URL holds a NUL byte";
    return false;
  }
  rt::Buffer url;
  url.add(request.url);
  g_curl.easy_setopt(easy, CURLOPT_URL, url.c_str());
  g_curl.easy_setopt(easy, CURLOPT_PRIVATE, this);
  g_curl.easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  g_curl.easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  g_curl.easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
  g_curl.easy_setopt(easy, CURLOPT_USERAGENT, "pflow/" PFLOW_VERSION);
  g_curl.easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  g_curl.easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
  g_curl.easy_setopt(easy, CURLOPT_ERRORBUFFER, error_);
  g_curl.easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
  g_curl.easy_setopt(easy, CURLOPT_WRITEDATA, this);
  g_curl.easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
  g_curl.easy_setopt(easy, CURLOPT_HEADERDATA, this);
  set_limits(request);
  set_method(request);
  return set_headers(request);
}

size_t HttpExchange::on_body(char* data, size_t size, size_t count, void* exchange) {
  auto* self = static_cast<HttpExchange*>(exchange);
  size_t len = size * count;
  if (self->body_.size() + len > self->max_body_) {
    self->too_long_ = true;
    return CURL_WRITEFUNC_ERROR;
  }
  self->body_.add(data, len);
  return len;
}

size_t HttpExchange::on_header(char* data, size_t size, size_t count, void* exchange) {
  auto* self = static_cast<HttpExchange*>(exchange);
  size_t len = size * count;
  size_t shown = len;
  while (shown > 0 && (data[shown - 1] == '\n' || data[shown - 1] == '\r')) --shown;
  self->add_header_line(data, shown);
  return len;
}

/// A status line begins a new response (after a redirect or `100 Continue`).
void HttpExchange::add_header_line(const char* line, size_t len) {
  if (len >= 5 && memcmp(line, "HTTP/", 5) == 0) {
    pf_str_release(headers_.take());
    header_count_ = 0;
    return;
  }
  const auto* colon = static_cast<const char*>(memchr(line, ':', len));
  if (!colon) return;
  for (const char* at = line; at < colon; ++at)
    headers_.add(*at >= 'A' && *at <= 'Z' ? static_cast<char>(*at - 'A' + 'a') : *at);
  headers_.add('\0');
  const char* value = colon + 1;
  while (value < line + len && (*value == ' ' || *value == '\t')) ++value;
  size_t left = static_cast<size_t>(line + len - value);
  for (size_t i = 0; i < left; ++i) headers_.add(value[i] == '\0' ? ' ' : value[i]);
  headers_.add('\0');
  ++header_count_;
}

size_t HttpExchange::parse_headers(HttpHeader* out, size_t capacity) {
  const char* at = headers_.data();
  size_t count = 0;
  for (; count < header_count_ && count < capacity; ++count) {
    out[count].name = rt::view(at);
    at += out[count].name.len + 1;
    out[count].value = rt::view(at);
    at += out[count].value.len + 1;
  }
  return count;
}

void HttpExchange::finish_with_error(pf_error_kind kind, const char* error, const char* help) {
  HttpResponse response;
  response.error = error;
  response.error_kind = kind;
  response.help = help;
  done(user, response);
}

void HttpExchange::finish(CURLcode result) {
  if (too_long_) return finish_with_error(PF_E_NETWORK, "the response is longer than allowed");
  if (result != CURLE_OK)
    return finish_with_error(kind_of(result), error_[0] ? error_ : g_curl.easy_strerror(result));
  long status = 0;
  g_curl.easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  auto* headers = static_cast<HttpHeader*>(rt::allocate((header_count_ + 1) * sizeof(HttpHeader)));
  HttpResponse response;
  response.status = static_cast<int>(status);
  response.header_count = parse_headers(headers, header_count_);
  response.headers = headers;
  response.body = body_.take();
  done(user, response);
  pf_str_release(response.body);
  free(headers);
}

}  // namespace pflow
