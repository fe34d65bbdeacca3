#include "runtime/src/cleanup/process_groups.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include "pflow/abi.h"

namespace {

// A signal handler reads this table, so it is fixed and never moves; 0 is a free slot.
constexpr int kSlots = 4096;
volatile sig_atomic_t g_groups[kSlots];
unsigned g_next;  ///< where to look for a free one

}  // namespace

int pf_process_group_add(int32_t group) {
  for (int tried = 0; tried < kSlots; ++tried) {
    int slot = static_cast<int>(g_next++ % kSlots);
    if (g_groups[slot] != 0) continue;
    g_groups[slot] = group;
    return slot;
  }
  return -1;
}

void pf_process_group_done(int handle) {
  if (handle >= 0 && handle < kSlots) g_groups[handle] = 0;
}

namespace pflow::rt {

void kill_process_groups() {
  for (int group : g_groups)
    if (group > 0) kill(-group, SIGKILL);
  // Who is awaited leaves no entry behind, and makes nothing in a folder that is removed.
  constexpr timespec kPause = {0, 1'000'000};
  int pauses = 200;
  for (int group : g_groups)
    while (group > 0 && waitpid(group, nullptr, WNOHANG) == 0 && pauses-- > 0)
      nanosleep(&kPause, nullptr);
}

}  // namespace pflow::rt
