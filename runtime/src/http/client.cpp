// libcurl's multi interface driven by libuv: curl says which sockets to watch and
// when to be called again, libuv tells it when that is.
#include <stdlib.h>

#include <new>

#include "pflow/loop.h"
#include "runtime/src/http/curl_library.h"
#include "runtime/src/http/exchange.h"
#include "runtime/src/values/memory.h"

namespace pflow {
namespace {

constexpr long kMaxHostConnections = 1024;

struct Client {
  bool started;
  const char* problem;  ///< why there is no curl; null when there is
  CURLM* multi;
  uv_timer_t timer;       ///< when curl wants to be called
  uv_timer_t refusal;     ///< runs once for what was refused at its start
  HttpExchange* refused;  ///< to be told so from the loop
};
Client g_client;

/// A socket that curl wants watched.
struct Watch {
  uv_poll_t poll;
  curl_socket_t socket;
  int events;
};

void delete_exchange(HttpExchange* exchange) {
  exchange->~HttpExchange();
  free(exchange);
}

/// Tells those whose exchange has ended.
void collect_done() {
  int left;
  while (CURLMsg* message = g_curl.multi_info_read(g_client.multi, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    CURL* easy = message->easy_handle;
    CURLcode result = message->data.result;
    char* owner = nullptr;
    g_curl.easy_getinfo(easy, CURLINFO_PRIVATE, &owner);
    auto* exchange = reinterpret_cast<HttpExchange*>(owner);
    g_curl.multi_remove_handle(g_client.multi, easy);
    if (result == CURLE_OK && exchange->follow()) {
      g_curl.multi_add_handle(g_client.multi, easy);
      continue;
    }
    exchange->finish(result);
    delete_exchange(exchange);
  }
}

void on_socket_event(uv_poll_t* poll, int status, int events);

int watch_events(Watch* watch) {
  return uv_poll_start(&watch->poll, watch->events, on_socket_event);
}

/// An answer may have come although the connection broke behind it, or before all was sent:
/// libcurl looks for it whenever there is something to send, and also after an error,
/// which it then meets itself. libuv watches no longer then.
void on_socket_event(uv_poll_t* poll, int status, int events) {
  auto* watch = reinterpret_cast<Watch*>(poll);
  int flags = CURL_CSELECT_IN;
  if (status < 0 || events & UV_WRITABLE) flags |= CURL_CSELECT_OUT;
  if (status < 0) watch_events(watch);
  int running;
  g_curl.multi_socket_action(g_client.multi, watch->socket, flags, &running);
  collect_done();
}

void stop_watching(Watch* watch) {
  uv_poll_stop(&watch->poll);
  uv_close(reinterpret_cast<uv_handle_t*>(&watch->poll), [](uv_handle_t* handle) { free(handle); });
}

int watch_socket(CURL*, curl_socket_t socket, int what, void*, void* known) {
  auto* watch = static_cast<Watch*>(known);
  if (what == CURL_POLL_REMOVE) {
    g_curl.multi_assign(g_client.multi, socket, nullptr);
    if (watch) stop_watching(watch);
    return 0;
  }
  if (!watch) {
    watch = static_cast<Watch*>(rt::allocate_zeroed(sizeof(Watch)));
    watch->socket = socket;
    if (uv_poll_init_socket(pf_loop_uv(), &watch->poll, socket) != 0) {
      free(watch);
      return -1;
    }
    g_curl.multi_assign(g_client.multi, socket, watch);
  }
  watch->events = 0;
  if (what & CURL_POLL_IN) watch->events |= UV_READABLE;
  if (what & CURL_POLL_OUT) watch->events |= UV_WRITABLE;
  return watch_events(watch) == 0 ? 0 : -1;
}

void on_timer(uv_timer_t*) {
  int running;
  g_curl.multi_socket_action(g_client.multi, CURL_SOCKET_TIMEOUT, 0, &running);
  collect_done();
}

int set_timer(CURLM*, long timeout_ms, void*) {
  if (timeout_ms < 0)
    uv_timer_stop(&g_client.timer);
  else
    uv_timer_start(&g_client.timer, on_timer, static_cast<uint64_t>(timeout_ms), 0);
  return 0;
}

void start_curl() {
  g_curl.global_init(CURL_GLOBAL_DEFAULT);
  g_client.multi = g_curl.multi_init();
  if (!g_client.multi) pf_out_of_memory();
  uv_timer_init(pf_loop_uv(), &g_client.timer);
  g_curl.multi_setopt(g_client.multi, CURLMOPT_SOCKETFUNCTION, watch_socket);
  g_curl.multi_setopt(g_client.multi, CURLMOPT_TIMERFUNCTION, set_timer);
  g_curl.multi_setopt(g_client.multi, CURLMOPT_MAX_HOST_CONNECTIONS, kMaxHostConnections);
  g_curl.multi_setopt(g_client.multi, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
}

void start_client() {
  if (g_client.started) return;
  g_client.started = true;
  uv_timer_init(pf_loop_uv(), &g_client.refusal);
  g_client.problem = load_curl();
  if (!g_client.problem) start_curl();
}

void tell_refused(uv_timer_t*) {
  while (HttpExchange* exchange = g_client.refused) {
    g_client.refused = exchange->next_refused;
    if (exchange->problem == g_client.problem)
      exchange->finish_with_error(PF_E_NETWORK, exchange->problem, kHttpHelp);
    else
      exchange->finish_with_error(exchange->problem_kind, exchange->problem);
    delete_exchange(exchange);
  }
}

/// What cannot be sent is told from the loop, too, as any other end.
void refuse(HttpExchange* exchange, const char* problem) {
  exchange->problem = problem;
  exchange->next_refused = g_client.refused;
  g_client.refused = exchange;
  uv_timer_start(&g_client.refusal, tell_refused, 0, 0);
}

/// Takes a refused exchange out of the list; false when it is not in it.
bool forget_refused(HttpExchange* exchange) {
  for (HttpExchange** at = &g_client.refused; *at; at = &(*at)->next_refused) {
    if (*at != exchange) continue;
    *at = exchange->next_refused;
    return true;
  }
  return false;
}

}  // namespace

HttpExchange* http_start(const HttpRequest& request, HttpDone done, void* user) {
  start_client();
  void* memory = rt::allocate(sizeof(HttpExchange));
  auto* exchange = new (memory) HttpExchange(done, user);
  if (g_client.problem) {
    refuse(exchange, g_client.problem);
  } else if (!exchange->prepare(request)) {
    refuse(exchange, exchange->problem);
  } else if (g_curl.multi_add_handle(g_client.multi, exchange->easy) != CURLM_OK) {
    refuse(exchange, "the HTTP client cannot take the request");
  }
  return exchange;
}

void http_cancel(HttpExchange* exchange) {
  if (!forget_refused(exchange)) g_curl.multi_remove_handle(g_client.multi, exchange->easy);
  exchange->finish_with_error(PF_E_CANCELLED, "the request was cancelled");
  delete_exchange(exchange);
}

void http_pause(HttpExchange* exchange) { exchange->pause(); }

void http_resume(HttpExchange* exchange) { exchange->resume(); }

}  // namespace pflow
