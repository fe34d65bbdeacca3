#include "runtime/src/http/sockets.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

#include "pflow/loop.h"
#include "runtime/src/values/memory.h"

namespace pflow {
namespace {

/// A descriptor that is, or was, a socket.
struct Watch {
  void* owner;
  uint32_t wanted;  ///< EPOLL…
  uint32_t set;     ///< what the kernel watches it for
  bool known;       ///< we hear when it closes, and it may stay in the epoll without an owner
  bool noted;       ///< in `changed`
};

struct Sockets {
  int epoll = -1;
  uv_poll_t poll;
  SocketReady ready;
  Watch* watches;  ///< by descriptor
  size_t size;
  int* changed;
  size_t changed_count, changed_size;
};
Sockets g_sockets;

template <typename T>
void grow(T*& items, size_t& size, size_t wanted) {
  if (wanted <= size) return;
  size_t larger = size * 2 < wanted ? wanted : size * 2;
  T* made = static_cast<T*>(rt::allocate_zeroed(larger * sizeof(T)));
  if (size != 0) memcpy(made, items, size * sizeof(T));
  free(items);
  items = made;
  size = larger;
}

Watch& watch_of(int socket) {
  constexpr size_t kMore = 64;
  auto at = static_cast<size_t>(socket);
  if (at >= g_sockets.size) grow(g_sockets.watches, g_sockets.size, at + kMore);
  return g_sockets.watches[at];
}

void note(int socket, Watch& watch) {
  if (watch.noted) return;
  watch.noted = true;
  grow(g_sockets.changed, g_sockets.changed_size, g_sockets.changed_count + 1);
  g_sockets.changed[g_sockets.changed_count++] = socket;
}

void set(int socket, Watch& watch, uint32_t events) {
  if (watch.set == events) return;
  epoll_event event = {.events = events, .data = {.fd = socket}};
  int action = EPOLL_CTL_MOD;
  if (watch.set == 0) action = EPOLL_CTL_ADD;
  if (events == 0) action = EPOLL_CTL_DEL;
  // It fails for what has closed meanwhile, which nobody waits for.
  epoll_ctl(g_sockets.epoll, action, socket, &event);
  watch.set = events;
}

/// An answer may have come although the connection broke behind it, or before all was sent:
/// libcurl looks for it whenever there is something to send, and also after an error,
/// which it then meets itself.
int flags_of(uint32_t events) {
  bool sends = events & (EPOLLOUT | EPOLLERR | EPOLLHUP);
  return CURL_CSELECT_IN | (sends ? CURL_CSELECT_OUT : 0);
}

void on_ready(uv_poll_t*, int, int) {
  constexpr int kMost = 256;
  epoll_event events[kMost];
  int count = epoll_wait(g_sockets.epoll, events, kMost, 0);
  for (int i = 0; i < count; ++i) {
    int socket = events[i].data.fd;
    Watch& watch = watch_of(socket);
    if (watch.wanted == 0)
      set(socket, watch, 0);  // the other end has closed a connection that waits for use
    else
      g_sockets.ready(watch.owner, socket, flags_of(events[i].events));
  }
  apply_watches();
}

}  // namespace

void start_sockets(SocketReady ready) {
  g_sockets.ready = ready;
  g_sockets.epoll = epoll_create1(EPOLL_CLOEXEC);
  if (g_sockets.epoll < 0 || uv_poll_init(pf_loop_uv(), &g_sockets.poll, g_sockets.epoll) != 0)
    abort();
  uv_poll_start(&g_sockets.poll, UV_READABLE, on_ready);
  keep_loop_alive(false);
}

void keep_loop_alive(bool alive) {
  auto* handle = reinterpret_cast<uv_handle_t*>(&g_sockets.poll);
  if (alive)
    uv_ref(handle);
  else
    uv_unref(handle);
}

void watch_socket(void* owner, curl_socket_t socket, int what) {
  Watch& watch = watch_of(socket);
  if (what == CURL_POLL_REMOVE) {
    watch.owner = nullptr;
    watch.wanted = 0;
    if (!watch.known) set(socket, watch, 0);
    return;
  }
  watch.owner = owner;
  watch.wanted = (what & CURL_POLL_IN ? EPOLLIN : 0u) | (what & CURL_POLL_OUT ? EPOLLOUT : 0u);
  note(socket, watch);
}

void apply_watches() {
  for (size_t i = 0; i < g_sockets.changed_count; ++i) {
    int socket = g_sockets.changed[i];
    Watch& watch = watch_of(socket);
    watch.noted = false;
    if (watch.wanted != 0) set(socket, watch, watch.wanted);
  }
  g_sockets.changed_count = 0;
}

void socket_opened(curl_socket_t socket) {
  Watch& watch = watch_of(socket);
  watch.known = true;
  watch.set = 0;
}

void socket_closes(curl_socket_t socket) {
  Watch& watch = watch_of(socket);
  watch.owner = nullptr;
  watch.wanted = 0;
  watch.known = false;
  watch.set = 0;
}

}  // namespace pflow
