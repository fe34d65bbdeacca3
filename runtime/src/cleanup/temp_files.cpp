#include "runtime/src/cleanup/temp_files.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "pflow/abi.h"
#include "runtime/src/cleanup/process_groups.h"
#include "runtime/src/cleanup/temp_dirs.h"

namespace {

// A signal handler reads this table, so it is fixed and never moves.
constexpr int kSlots = 256;
constexpr size_t kPathMax = 4096;
struct TempFile {
  volatile sig_atomic_t used;
  char path[kPathMax];
};
TempFile g_files[kSlots];
bool g_left;  ///< to the process that this one is a fork of

}  // namespace

int pf_temp_file_add(const char* path) {
  size_t len = strlen(path);
  if (len >= kPathMax) return -1;
  for (int slot = 0; slot < kSlots; ++slot) {
    if (g_files[slot].used) continue;
    memcpy(g_files[slot].path, path, len + 1);
    g_files[slot].used = 1;
    return slot;
  }
  return -1;
}

void pf_temp_file_done(int handle) {
  if (handle >= 0 && handle < kSlots) g_files[handle].used = 0;
}

namespace pflow::rt {

void remove_temp_files() {
  for (TempFile& file : g_files)
    if (file.used) unlink(file.path);
}

void leave_leftovers() { g_left = true; }

void remove_leftovers() {
  if (g_left) return;
  kill_process_groups();
  remove_temp_files();
  remove_temp_dirs();
}

void exit_now(int code) {
  remove_leftovers();
  _exit(code);
}

}  // namespace pflow::rt
