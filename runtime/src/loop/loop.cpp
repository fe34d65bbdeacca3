// The event loop under the frames: waits with libuv.
#include "pflow/loop.h"

#include <stdlib.h>
#include <sys/resource.h>

#include <algorithm>

#include "runtime/src/running/scheduler.h"
#include "runtime/src/running/timers.h"

namespace pflow::rt {
namespace {

struct Loop {
  uv_loop_t uv;
  uv_async_t wake;  ///< a signal came
  uv_timer_t next;  ///< the next timer of the heap
  uv_prepare_t before_poll;
  bool started;
};
Loop g_loop;

/// In the signal handler.
void wake_loop() { uv_async_send(&g_loop.wake); }

template <typename Handle>
uv_handle_t* handle(Handle* typed) {
  return reinterpret_cast<uv_handle_t*>(typed);
}

/// A thousand items may each hold a socket or pipes, more than the usual soft limit.
void allow_descriptors() {
  constexpr rlim_t kWanted = 65'536;
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= kWanted) return;
  limit.rlim_cur = std::min(limit.rlim_max, kWanted);
  setrlimit(RLIMIT_NOFILE, &limit);
}

/// libuv runs its timers before it blocks: what they have completed is not to wait for what
/// comes next.
void keep_from_blocking(uv_prepare_t* before_poll) {
  if (is_something_ready()) uv_stop(before_poll->loop);
}

void start_loop() {
  if (g_loop.started) return;
  g_loop.started = true;
  allow_descriptors();
  if (uv_loop_init(&g_loop.uv) != 0 ||
      uv_async_init(&g_loop.uv, &g_loop.wake, [](uv_async_t*) {}) != 0)
    abort();
  uv_timer_init(&g_loop.uv, &g_loop.next);
  uv_prepare_init(&g_loop.uv, &g_loop.before_poll);
  uv_prepare_start(&g_loop.before_poll, keep_from_blocking);
  uv_unref(handle(&g_loop.before_poll));
  uv_unref(handle(&g_loop.wake));
  uv_unref(handle(&g_loop.next));
}

/// Blocks in the loop, but no longer than until the next timer.
void block() {
  constexpr int64_t kMillisecond = 1'000'000, kLongest = int64_t{1} << 40;
  if (next_timer()) {
    int64_t left = std::min((until_next_timer() - 1) / kMillisecond + 1, kLongest);
    uv_update_time(&g_loop.uv);
    uv_timer_start(&g_loop.next, [](uv_timer_t*) {}, static_cast<uint64_t>(left), 0);
    uv_ref(handle(&g_loop.next));
  }
  uv_run(&g_loop.uv, UV_RUN_ONCE);
  uv_timer_stop(&g_loop.next);
  uv_unref(handle(&g_loop.next));
}

/// Time that a node takes passes; when none is in flight, the clock jumps.
bool wait_in_virtual_time(bool alive) {
  if (!alive) {
    if (!next_timer()) return false;
    pass_time(until_next_timer());
    return true;
  }
  uint64_t before = uv_hrtime();
  block();
  pass_time(static_cast<int64_t>(uv_hrtime() - before));
  return true;
}

bool wait(bool may_block) {
  if (!may_block) {
    uv_run(&g_loop.uv, UV_RUN_NOWAIT);
    return true;
  }
  bool alive = uv_loop_alive(&g_loop.uv) != 0;
  if (time_is_virtual()) return wait_in_virtual_time(alive);
  if (!alive && !next_timer()) return false;
  block();
  return true;
}

const Backend kUv = {start_loop, wait, wake_loop, pf_loop_await_input, pf_loop_leave_input};

pf_status run(pf_frame* root) { return run_frames(root, kUv); }

}  // namespace
}  // namespace pflow::rt

const pf_loop_api pf_loop = {pflow::rt::run};

uv_loop_t* pf_loop_uv(void) {
  pflow::rt::start_loop();
  return &pflow::rt::g_loop.uv;
}
