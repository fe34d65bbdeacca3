// For programs in which nothing but time can be waited for.
#include <errno.h>
#include <poll.h>
#include <signal.h>

#include "runtime/src/cleanup/signals.h"
#include "runtime/src/running/scheduler.h"
#include "runtime/src/running/timers.h"

namespace pflow::rt {
namespace {

/// Sleeps; a signal that came before or comes meanwhile ends the sleep.
void sleep_for(int64_t nanoseconds) {
  sigset_t ending, before;
  sigemptyset(&ending);
  sigaddset(&ending, SIGINT);
  sigaddset(&ending, SIGTERM);
  sigprocmask(SIG_BLOCK, &ending, &before);
  struct timespec time = {nanoseconds / kSecond, nanoseconds % kSecond};
  if (received_signal() == 0) ppoll(nullptr, 0, &time, &before);
  sigprocmask(SIG_SETMASK, &before, nullptr);
}

bool wait_for_timer(bool may_block) {
  if (!may_block) return true;
  if (!next_timer()) return false;
  int64_t left = until_next_timer();
  if (time_is_virtual())
    pass_time(left);
  else
    sleep_for(left);
  return true;
}

const Backend kTimersOnly = {[] {}, wait_for_timer, [] {}, nullptr};

pf_status run(pf_frame* root) { return run_frames(root, kTimersOnly); }

}  // namespace
}  // namespace pflow::rt

const pf_loop_api pf_sync_loop = {pflow::rt::run};
