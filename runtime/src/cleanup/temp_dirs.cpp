// Removal of whole folders by system calls alone, as a signal handler may be who asks.
#include "runtime/src/cleanup/temp_dirs.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "pflow/abi.h"

namespace {

constexpr int kSlots = 32;
constexpr size_t kPathMax = 1024;
struct TempDir {
  volatile sig_atomic_t used;
  const void* owner;  ///< the run that it goes with; null: the program
  char path[kPathMax];
};
TempDir g_dirs[kSlots];
volatile pid_t g_owner;
const void* (*g_run)();

/// What getdents64 writes.
struct Entry {
  uint64_t inode;
  int64_t next;
  uint16_t size;
  uint8_t kind;
  char name[];
};

/// Deeper folders stay: each level holds a descriptor and a buffer of the stack.
constexpr int kMaxDepth = 64;
constexpr int kMaxScans = 16;

bool is_self_or_parent(const char* name) {
  return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

void remove_folder(int parent, const char* name, int depth);

/// Removes what one reading of the folder finds; how many entries that were.
int remove_entries(int folder, int depth) {
  alignas(Entry) char buffer[1024];
  int found = 0;
  for (;;) {
    long len = syscall(SYS_getdents64, folder, buffer, sizeof(buffer));
    if (len <= 0) return found;
    for (long at = 0; at < len;) {
      const auto* entry = reinterpret_cast<const Entry*>(buffer + at);
      at += entry->size;
      if (is_self_or_parent(entry->name)) continue;
      ++found;
      if (unlinkat(folder, entry->name, 0) == 0) continue;
      if (errno == EISDIR || errno == EPERM) remove_folder(folder, entry->name, depth + 1);
    }
  }
}

/// A process that was just killed may still make entries: it is read until it is empty.
void remove_folder(int parent, const char* name, int depth) {
  if (depth > kMaxDepth || unlinkat(parent, name, AT_REMOVEDIR) == 0) return;
  constexpr int kFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
  int folder = openat(parent, name, kFlags);
  if (folder >= 0) fchmod(folder, 0700);
  for (int scans = 0; folder >= 0 && scans < kMaxScans; ++scans) {
    lseek(folder, 0, SEEK_SET);
    if (remove_entries(folder, depth) == 0) break;
  }
  if (folder >= 0) close(folder);
  unlinkat(parent, name, AT_REMOVEDIR);
}

}  // namespace

int pf_temp_dir_add(const char* path) {
  size_t len = strlen(path);
  if (len >= kPathMax) return -1;
  for (TempDir& dir : g_dirs) {
    if (dir.used) continue;
    if (!g_owner && atexit(pflow::rt::remove_temp_dirs) != 0) return -1;
    g_owner = getpid();
    memcpy(dir.path, path, len + 1);
    dir.owner = g_run ? g_run() : nullptr;
    dir.used = 1;
    return static_cast<int>(&dir - g_dirs);
  }
  return -1;
}

namespace pflow::rt {

void remove_temp_dirs() {
  if (g_owner != getpid()) return;
  for (TempDir& dir : g_dirs) {
    if (!dir.used) continue;
    dir.used = 0;
    remove_folder(AT_FDCWD, dir.path, 0);
  }
}

void own_temp_dirs(const void* (*owner)()) { g_run = owner; }

void remove_temp_dirs_of(const void* owner) {
  for (TempDir& dir : g_dirs) {
    if (!dir.used || dir.owner != owner) continue;
    remove_folder(AT_FDCWD, dir.path, 0);
    dir.used = 0;
  }
}

}  // namespace pflow::rt
