// libcurl's multi interface driven by libuv: curl says which sockets to watch and
// when to be called again, libuv tells it when that is.
#include <malloc.h>
#include <stdlib.h>

#include <new>

#include "pflow/loop.h"
#include "runtime/src/http/curl_library.h"
#include "runtime/src/http/curl_memory.h"
#include "runtime/src/http/exchange.h"
#include "runtime/src/http/playback.h"
#include "runtime/src/http/sockets.h"
#include "runtime/src/http/tape.h"
#include "runtime/src/http/versions.h"
#include "runtime/src/values/memory.h"

namespace pflow {

/// One of libcurl's multi handles, and when it wants to be called.
struct CurlMulti {
  CURLM* handle;
  uv_timer_t timer;
  size_t running;  ///< requests
};

namespace {

/// Connections to one host. Those over HTTP/2 carry a hundred requests each.
constexpr long kMostConnections = 1024;
constexpr long kMostShared = 16;
/// libcurl looks through the connections of a handle for each request.
constexpr long kMostOfHandle = 128;
constexpr size_t kHandles = kMostConnections / kMostOfHandle;

struct Client {
  bool started;
  const char* problem;      ///< why there is no curl; null when there is
  CurlMulti own[kHandles];  ///< of requests that have a connection each
  CurlMulti shared;         ///< of requests that share connections
  HttpExchange* sharing;    ///< the list of these
  size_t running;           ///< requests
  size_t unshared_origins;  ///< as far as the list has been looked through
  uv_timer_t refusal;       ///< runs once for what was refused at its start
  HttpExchange* refused;    ///< to be told so from the loop
};
Client g_client;

void delete_exchange(HttpExchange* exchange) {
  exchange->~HttpExchange();
  free(exchange);
}

/// The first that has room: it has the connections that were left by others.
CurlMulti& handle_of_own() {
  CurlMulti* least = g_client.own;
  for (CurlMulti& multi : g_client.own) {
    if (multi.running < kMostOfHandle) return multi;
    if (multi.running < least->running) least = &multi;
  }
  return *least;
}

bool add(HttpExchange* exchange) {
  if (g_client.running++ == 0) keep_loop_alive(true);
  exchange->multi = exchange->shares ? &g_client.shared : &handle_of_own();
  ++exchange->multi->running;
  if (g_curl.multi_add_handle(exchange->multi->handle, exchange->easy) != CURLM_OK) return false;
  if (!exchange->shares) return true;
  exchange->next_sharing = g_client.sharing;
  if (exchange->next_sharing) exchange->next_sharing->place_sharing = &exchange->next_sharing;
  exchange->place_sharing = &g_client.sharing;
  g_client.sharing = exchange;
  return true;
}

void remove(HttpExchange* exchange) {
  if (--g_client.running == 0) keep_loop_alive(false);
  --exchange->multi->running;
  g_curl.multi_remove_handle(exchange->multi->handle, exchange->easy);
  if (!exchange->place_sharing) return;
  *exchange->place_sharing = exchange->next_sharing;
  if (exchange->next_sharing) exchange->next_sharing->place_sharing = exchange->place_sharing;
  exchange->place_sharing = nullptr;
}

/// Those that still wait for a connection to share get their own, where `chosen` says so.
template <typename Chosen>
void part(Chosen chosen) {
  HttpExchange* next;
  for (HttpExchange* exchange = g_client.sharing; exchange; exchange = next) {
    next = exchange->next_sharing;
    if (exchange->was_sent() || !chosen(exchange->origin())) continue;
    remove(exchange);
    exchange->stop_sharing();
    add(exchange);
  }
}

/// A server may turn out to have no connections to share.
void part_unshared() {
  if (g_client.unshared_origins == unshared_origins()) return;
  g_client.unshared_origins = unshared_origins();
  part([](uint64_t origin) { return !may_share(origin); });
}

/// The first connection to a server has failed: those that wait for it would each try in turn.
void part_unreached(uint64_t origin) {
  for (HttpExchange* other = g_client.sharing; other; other = other->next_sharing)
    if (other->origin() == origin && other->was_sent()) return;
  part([origin](uint64_t waiting) { return waiting == origin; });
}

void start_hop(HttpExchange* exchange);

/// After an answer: where it redirects to, or its end.
void go_on(HttpExchange* exchange) {
  if (exchange->follow()) return start_hop(exchange);
  exchange->finish(CURLE_OK);
  delete_exchange(exchange);
}

/// Tells those whose exchange has ended.
void collect_done(CURLM* multi) {
  int left;
  while (CURLMsg* message = g_curl.multi_info_read(multi, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    CURLcode result = message->data.result;
    char* owner = nullptr;
    g_curl.easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &owner);
    auto* exchange = reinterpret_cast<HttpExchange*>(owner);
    remove(exchange);
    if (result != CURLE_OK && exchange->shares && !exchange->was_sent())
      part_unreached(exchange->origin());
    if (result == CURLE_OK) {
      exchange->end_recording(true);
      go_on(exchange);
      continue;
    }
    exchange->finish(result);
    delete_exchange(exchange);
  }
}

/// `socket` has `events`, or the time has come.
void act(const CurlMulti& multi, curl_socket_t socket, int events) {
  int running;
  g_curl.multi_socket_action(multi.handle, socket, events, &running);
  part_unshared();
  collect_done(multi.handle);
}

void on_socket(void* owner, curl_socket_t socket, int events) {
  act(*static_cast<const CurlMulti*>(owner), socket, events);
}

int on_wanted(CURL*, curl_socket_t socket, int what, void* multi, void*) {
  watch_socket(multi, socket, what);
  return 0;
}

void on_timer(uv_timer_t* timer) {
  act(*static_cast<CurlMulti*>(timer->data), CURL_SOCKET_TIMEOUT, 0);
  apply_watches();
}

int set_timer(CURLM*, long timeout_ms, void* user) {
  auto* multi = static_cast<CurlMulti*>(user);
  if (timeout_ms < 0)
    uv_timer_stop(&multi->timer);
  else
    uv_timer_start(&multi->timer, on_timer, static_cast<uint64_t>(timeout_ms), 0);
  return 0;
}

void start_multi(CurlMulti& multi, long most_connections) {
  multi.handle = g_curl.multi_init();
  if (!multi.handle) pf_out_of_memory();
  uv_timer_init(pf_loop_uv(), &multi.timer);
  multi.timer.data = &multi;
  g_curl.multi_setopt(multi.handle, CURLMOPT_SOCKETFUNCTION, on_wanted);
  g_curl.multi_setopt(multi.handle, CURLMOPT_SOCKETDATA, &multi);
  g_curl.multi_setopt(multi.handle, CURLMOPT_TIMERFUNCTION, set_timer);
  g_curl.multi_setopt(multi.handle, CURLMOPT_TIMERDATA, &multi);
  g_curl.multi_setopt(multi.handle, CURLMOPT_MAX_HOST_CONNECTIONS, most_connections);
  // Else it closes connections as soon as there are more of them than requests.
  g_curl.multi_setopt(multi.handle, CURLMOPT_MAXCONNECTS, kMostConnections);
  g_curl.multi_setopt(multi.handle, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
}

void start_curl() {
  // Each end of a request frees many small blocks. To keep them apart and to join them later, as
  // malloc does, takes longer than to join them at once.
  mallopt(M_MXFAST, 0);
  start_curl_with_memory();
  start_sockets(on_socket);
  for (CurlMulti& multi : g_client.own) start_multi(multi, kMostOfHandle);
  start_multi(g_client.shared, kMostShared);
}

void start_client() {
  if (g_client.started) return;
  g_client.started = true;
  uv_timer_init(pf_loop_uv(), &g_client.refusal);
  start_playback(go_on);
  g_client.problem = load_curl();
  if (!g_client.problem) start_curl();
}

void tell_refused(uv_timer_t*) {
  while (HttpExchange* exchange = g_client.refused) {
    g_client.refused = exchange->next_refused;
    if (exchange->problem == g_client.problem)
      exchange->finish_with_error(PF_E_NETWORK, exchange->problem, kHttpHelp);
    else
      exchange->finish(CURLE_OK);
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

/// Sends the request, or has it answered without.
void start_hop(HttpExchange* exchange) {
  switch (exchange->ask_tape()) {
    case HttpExchange::Goes::Out:
      if (!add(exchange)) refuse(exchange, "the HTTP client cannot take the request");
      return;
    case HttpExchange::Goes::Played: return play_later(exchange);
    case HttpExchange::Goes::Nowhere: return refuse(exchange, exchange->problem);
  }
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
  } else {
    start_hop(exchange);
  }
  return exchange;
}

void http_cancel(HttpExchange* exchange) {
  if (exchange->is_played())
    forget_playback(exchange);
  else if (!forget_refused(exchange))
    remove(exchange);
  exchange->stop_recording();
  apply_watches();
  exchange->finish_with_error(PF_E_CANCELLED, "the request was cancelled");
  delete_exchange(exchange);
}

void http_pause(HttpExchange* exchange) { exchange->pause(); }

void http_resume(HttpExchange* exchange) {
  if (!exchange->is_played()) return exchange->resume();
  if (exchange->resume_playing()) play_later(exchange);
}

bool http_is_played() { return http_plays_only(); }

}  // namespace pflow
