#include "runtime/src/http/exchange.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "pflow/shown_url.hpp"
#include "runtime/src/http/address.h"
#include "runtime/src/http/curl_library.h"
#include "runtime/src/http/redirect.h"
#include "runtime/src/http/sockets.h"
#include "runtime/src/http/transport_error.h"
#include "runtime/src/http/versions.h"
#include "runtime/src/values/memory.h"

namespace pflow {
namespace {

bool equals(const char* a, const char* b) { return strcmp(a, b) == 0; }

/// Handles that have ended, for the next exchanges: making one costs as much as a
/// request on an open connection. What one of them was told, the next one tells anew.
constexpr size_t kKept = 1024;
CURL* g_kept[kKept];
size_t g_kept_count;

void give_handle(CURL* easy) {
  if (g_kept_count == kKept) return g_curl.easy_cleanup(easy);
  g_kept[g_kept_count++] = easy;
}

bool is_named(const HttpHeader& header, std::string_view name) {
  return header.name.len == name.size() &&
         strncasecmp(header.name.data, name.data(), name.size()) == 0;
}

bool is_lack_of_descriptors(int error) { return error == EMFILE || error == ENFILE; }

/// Whether there are none now: looking up a name fails for that reason, too.
bool descriptors_lack() {
  int probe = open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (probe < 0) return is_lack_of_descriptors(errno);
  close(probe);
  return false;
}

}  // namespace

HttpExchange::~HttpExchange() {
  stop_recording();
  if (easy) give_handle(easy);
  if (lines_) g_curl.slist_free_all(lines_);
}

bool HttpExchange::fail(pf_error_kind kind, const char* why) {
  problem = why;
  problem_kind = kind;
  return false;
}

bool HttpExchange::copy(const HttpRequest& request) {
  if (request.url.len != 0 && memchr(request.url.data, '\0', request.url.len))
    return fail(PF_E_VALUE, "the address holds a NUL byte");
  url_.add(request.url);
  method_.add(request.method);
  body_.add(request.body);
  has_body_ = request.has_body;
  max_redirects_ = redirects_left_ = request.max_redirects;
  max_body_ = request.max_body;
  sink_ = request.sink;
  recorded_ = request.recorded;
  repeatable_ = http_repeatable(request);
  for (size_t i = 0; i < request.header_count; ++i) {
    if (!headers_.add(request.headers[i], why_)) return fail(PF_E_VALUE, why_.c_str());
    if (is_named(request.headers[i], "Accept-Encoding")) decoded_ = request.encoded;
  }
  return true;
}

/// Finds the way to `url_`; else `problem` says why there is none.
bool HttpExchange::find_way() {
  pf_error_kind kind = PF_E_VALUE;
  const char* why = find_route(url_.c_str(), route_, kind);
  return !why || fail(kind, why);
}

/// What all requests have in common.
CURL* HttpExchange::make_handle() {
  CURL* made = g_curl.easy_init();
  if (!made) abort();
  g_curl.easy_setopt(made, CURLOPT_PROTOCOLS_STR, "http,https");
  g_curl.easy_setopt(made, CURLOPT_USERAGENT, "pflow/" PFLOW_VERSION);
  g_curl.easy_setopt(made, CURLOPT_NOSIGNAL, 1L);
  g_curl.easy_setopt(made, CURLOPT_TCP_KEEPALIVE, 1L);
  g_curl.easy_setopt(made, CURLOPT_WRITEFUNCTION, on_body);
  g_curl.easy_setopt(made, CURLOPT_HEADERFUNCTION, on_header);
  g_curl.easy_setopt(made, CURLOPT_PREREQFUNCTION, before_sending);
  g_curl.easy_setopt(made, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  g_curl.easy_setopt(made, CURLOPT_CLOSESOCKETFUNCTION, close_socket);
  return made;
}

/// What redirects leave as it is.
void HttpExchange::set_fixed(const HttpRequest& request) {
  g_curl.easy_setopt(easy, CURLOPT_PRIVATE, this);
  g_curl.easy_setopt(easy, CURLOPT_ERRORBUFFER, error_);
  g_curl.easy_setopt(easy, CURLOPT_WRITEDATA, this);
  g_curl.easy_setopt(easy, CURLOPT_HEADERDATA, this);
  g_curl.easy_setopt(easy, CURLOPT_PREREQDATA, this);
  g_curl.easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
  g_curl.easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, request.encoded ? "" : nullptr);
  g_curl.easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
                     static_cast<long>(request.connect_timeout_ms));
  g_curl.easy_setopt(easy, CURLOPT_TIMEOUT_MS,
                     static_cast<long>(request.timeout_ms > 0 ? request.timeout_ms : 0));
}

/// What redirects change.
void HttpExchange::set_hop() {
  g_curl.easy_setopt(easy, CURLOPT_URL, url_.c_str());
  set_route(easy, route_);
  shares = may_share(route_.origin);
  set_sharing(easy, shares);
  const char* method = method_.c_str();
  g_curl.easy_setopt(easy, CURLOPT_HTTPGET, 1L);
  if (has_body_) {
    g_curl.easy_setopt(easy, CURLOPT_POST, 1L);
    g_curl.easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body_.size()));
    g_curl.easy_setopt(easy, CURLOPT_POSTFIELDS, body_.size() ? body_.data() : "");
  } else if (equals(method, "HEAD")) {
    g_curl.easy_setopt(easy, CURLOPT_NOBODY, 1L);
  }
  bool implied =
      has_body_ ? equals(method, "POST") : equals(method, "GET") || equals(method, "HEAD");
  g_curl.easy_setopt(easy, CURLOPT_CUSTOMREQUEST, implied ? nullptr : method);
  if (lines_) g_curl.slist_free_all(lines_);
  // Without it a body over 1 MB waits for a `100 Continue` that many servers never send.
  lines_ = g_curl.slist_append(nullptr, "Expect:");
  headers_.each_line(at_home_, has_body_,
                     [&](const char* line) { g_curl.slist_append(lines_, line); });
  g_curl.easy_setopt(easy, CURLOPT_HTTPHEADER, lines_);
  sent_ = 0;
  body_goes_ = Body::Awaited;
}

void HttpExchange::stop_sharing() {
  shares = false;
  set_sharing(easy, shares);
}

bool HttpExchange::prepare(const HttpRequest& request) {
  if (!copy(request) || !find_way()) return false;
  easy = g_kept_count != 0 ? g_kept[--g_kept_count] : make_handle();
  set_fixed(request);
  set_hop();
  return true;
}

bool HttpExchange::redirects() const {
  return max_redirects_ > 0 && is_redirect(received_.status()) && received_.header("location");
}

bool HttpExchange::follow() {
  if (!redirects()) return false;
  if (redirects_left_-- == 0) {
    why_.format("more than %d redirects", max_redirects_);
    return fail(PF_E_NETWORK, why_.c_str());
  }
  if (!go_to(received_.header("location"))) return false;
  if (becomes_get(received_.status(), method_.c_str())) {
    method_.clear();
    method_.add("GET");
    has_body_ = false;
    repeatable_ = true;
  }
  set_hop();
  return true;
}

bool HttpExchange::go_to(const char* location) {
  Address from, to;
  from.set(url_.c_str());
  to.set(url_.c_str());
  if (const char* why = to.follow(location)) {
    ShownUrl shown = shown_url(location);
    why_.add("it redirects to `");
    why_.add(shown.scheme.data(), shown.scheme.size());
    why_.add(shown.rest.data(), shown.rest.size());
    why_.format("`: %s", why);
    return fail(PF_E_NETWORK, why_.c_str());
  }
  if (!from.same_origin(to))
    at_home_ = false;
  else if (at_home_)
    to.take_user(from);
  char* text = to.text();
  url_.clear();
  url_.add(text ? text : "");
  g_curl.free(text);
  return find_way();
}

/// Called each time before the request goes out: libcurl sends it anew when a kept
/// connection breaks before an answer comes, and cannot know whether it was carried out.
int HttpExchange::before_sending(void* exchange, char*, char*, int, int) {
  auto* self = static_cast<HttpExchange*>(exchange);
  if (self->shares) learn_version(self->easy, self->route_.origin);
  if (self->sent_++ == 0 || self->repeatable_) return CURL_PREREQFUNC_OK;
  long sent = 0;
  g_curl.easy_getinfo(self->easy, CURLINFO_REQUEST_SIZE, &sent);
  if (sent == 0) return CURL_PREREQFUNC_OK;
  self->fail(PF_E_NETWORK,
             "the connection broke before an answer came; what was asked may have been done");
  return CURL_PREREQFUNC_ABORT;
}

/// As libcurl does it, which does not tell why there is none.
curl_socket_t HttpExchange::open_socket(void* exchange, curlsocktype, curl_sockaddr* address) {
  int made = socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  if (made < 0 && is_lack_of_descriptors(errno))
    static_cast<HttpExchange*>(exchange)->lacks_descriptors_ = true;
  if (made < 0) return CURL_SOCKET_BAD;
  socket_opened(made);
  return made;
}

int HttpExchange::close_socket(void*, curl_socket_t socket) {
  socket_closes(socket);
  return close(socket);
}

size_t HttpExchange::on_body(char* data, size_t size, size_t count, void* exchange) {
  size_t len = size * count;
  auto* self = static_cast<HttpExchange*>(exchange);
  if (self->problem) return CURL_WRITEFUNC_ERROR;
  if (self->paused_) {
    self->held_ = true;
    return CURL_WRITEFUNC_PAUSE;
  }
  return self->take_body(data, len) ? len : CURL_WRITEFUNC_ERROR;
}

/// libcurl gives what it holds back before this returns. Whether that is taken it only tells
/// itself, so that `problem` has to end what follows.
void HttpExchange::resume() {
  paused_ = false;
  if (!held_) return;
  held_ = false;
  g_curl.easy_pause(easy, CURLPAUSE_CONT);
}

/// Decides where the body of this answer goes.
void HttpExchange::begin_body() {
  body_goes_ = redirects() ? Body::Dropped : Body::Collected;
  if (!sink_ || body_goes_ == Body::Dropped) return;
  with_head([&](const HttpResponse& head) {
    if (sink_->begin(user, head)) body_goes_ = Body::Sunk;
  });
}

bool HttpExchange::take_body(const char* data, size_t len) {
  if (recording_) tape_->take(recording_, data, len);
  if (body_goes_ == Body::Awaited) begin_body();
  if (body_goes_ == Body::Dropped) return true;
  if (body_goes_ == Body::Sunk)
    return sink_->take(user, data, len) || fail(PF_E_CANCELLED, "the rest is not wanted");
  if (received_.body_size() + len > max_body_) {
    why_.format("the response is longer than %zu bytes", max_body_);
    return fail(PF_E_NETWORK, why_.c_str());
  }
  received_.add_body(data, len);
  return true;
}

size_t HttpExchange::on_header(char* data, size_t size, size_t count, void* exchange) {
  size_t len = size * count;
  size_t shown = len;
  while (shown > 0 && (data[shown - 1] == '\n' || data[shown - 1] == '\r')) --shown;
  static_cast<HttpExchange*>(exchange)->received_.add_line(data, shown);
  return len;
}

void HttpExchange::finish_with_error(pf_error_kind kind, const char* error, const char* help,
                                     bool once) {
  HttpResponse response;
  response.error = error;
  response.error_kind = kind;
  response.help = help;
  response.once = once || kind == PF_E_VALUE;
  done(user, response);
}

void HttpExchange::finish_with_error(TransportError& error) {
  finish_with_error(error.kind, error.text.c_str(),
                    error.help.size() ? error.help.c_str() : nullptr, error.once);
}

void HttpExchange::finish(CURLcode result) {
  stop_recording();
  if (problem)
    return finish_with_error(problem_kind, problem, help_.size() ? help_.c_str() : nullptr,
                             problem_kind == PF_E_CONFIG);
  if (result != CURLE_OK && (lacks_descriptors_ || descriptors_lack()))
    return finish_with_error(PF_E_IO, "too many open files",
                             "let fewer run at once, with `parallel`, or raise `ulimit -n`");
  if (result != CURLE_OK || (received_.status() == kProxyWantsLogin && !played_)) {
    Address address;
    address.set(url_.c_str());
    TransportError error;
    if (tell_transport_error(easy, result, error_, address, error)) return finish_with_error(error);
  }
  if (body_goes_ == Body::Awaited) begin_body();
  with_head([&](HttpResponse& response) {
    response.body = received_.take_body();
    done(user, response);
    pf_str_release(response.body);
  });
}

}  // namespace pflow
