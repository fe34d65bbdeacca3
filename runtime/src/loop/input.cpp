// Standard input under libuv, which makes non-blocking what it polls, for everybody who
// shares it: so it polls an epoll descriptor of our own that holds standard input.
#include "pflow/input.h"

#include <errno.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "pflow/loop.h"

namespace {

uv_poll_t g_poll;
pf_input_wait* g_first;
enum : unsigned char { Unopened, Opened, NeverWaits } g_state;

void on_readable(uv_poll_t*, int, int) {
  if (g_first) g_first->ready(g_first->state);
}

bool open_poll() {
  int descriptor = epoll_create1(EPOLL_CLOEXEC);
  if (descriptor < 0) return false;
  epoll_event input = {.events = EPOLLIN, .data = {}};
  bool added = epoll_ctl(descriptor, EPOLL_CTL_ADD, STDIN_FILENO, &input) == 0;
  if (added && uv_poll_init(pf_loop_uv(), &g_poll, descriptor) == 0) return true;
  close(descriptor);
  return false;
}

}  // namespace

bool pf_loop_await_input(pf_input_wait* wait) {
  if (g_state == Unopened) g_state = open_poll() ? Opened : NeverWaits;
  if (g_state == NeverWaits) return false;
  pf_input_wait** last = &g_first;
  while (*last) last = &(*last)->next;
  *last = wait;
  wait->next = nullptr;
  uv_poll_start(&g_poll, UV_READABLE, on_readable);
  return true;
}

void pf_loop_leave_input(pf_input_wait* wait) {
  pf_input_wait** at = &g_first;
  while (*at && *at != wait) at = &(*at)->next;
  if (*at) *at = wait->next;
  if (!g_first && g_state == Opened) uv_poll_stop(&g_poll);
}
