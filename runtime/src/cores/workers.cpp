#include "runtime/src/cores/workers.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/src/cleanup/process_copy.h"
#include "runtime/src/cores/part_runner.h"
#include "runtime/src/running/scheduler.h"
#include "runtime/src/values/memory.h"

namespace pflow::rt {
namespace {

/// Who waits for an end of one of these, waits for that of all who hold it.
void close_all_but(int kept) {
#ifdef SYS_close_range
  const auto number = static_cast<unsigned>(kept);
  if (syscall(SYS_close_range, number + 1, ~0U, 0) == 0) {
    if (number != 0) syscall(SYS_close_range, 0U, number - 1, 0);
    return;
  }
#endif
  constexpr int kMost = 4096;
  for (int file = 0; file < kMost; ++file)
    if (file != kept) close(file);
}

[[noreturn]] void run_worker(const PartedWork& work, PieceRing& ring, size_t first, size_t step) {
  close_all_but(work.source->ops->places->file(work.source));
  PartRunner runner(work, ring);
  const auto count = static_cast<size_t>(work.part_count());
  for (size_t part = first; part < count; part += step) runner.run(static_cast<int64_t>(part));
  _exit(0);
}

/// In the copy: it has no life of its own.
void tie_to(pid_t process) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != process) _exit(0);
  become_copy();
}

}  // namespace

bool Workers::start(const PartedWork& work, size_t count) {
  const size_t size = count * sizeof(PieceRing);
  void* shared = mmap(nullptr, size, PROT_READ | PROT_WRITE,
                      MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (shared == MAP_FAILED) return false;
  rings_ = static_cast<PieceRing*>(shared);
  processes_ = static_cast<pid_t*>(allocate_zeroed(count * sizeof(pid_t)));
  count_ = count;
  sigset_t all, before;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, &before);
  const pid_t process = getpid();
  bool any = false;
  for (size_t i = 0; i < count; ++i) {
    const pid_t copy = fork();
    if (copy == 0) {
      tie_to(process);
      sigprocmask(SIG_SETMASK, &before, nullptr);
      run_worker(work, rings_[i], i, count);
    }
    processes_[i] = copy > 0 ? copy : 0;
    any |= copy > 0;
  }
  sigprocmask(SIG_SETMASK, &before, nullptr);
  if (!any) stop();
  return any;
}

void Workers::stop() {
  for (size_t i = 0; i < count_; ++i)
    if (processes_[i] != 0) kill(processes_[i], SIGKILL);
  for (size_t i = 0; i < count_; ++i)
    if (processes_[i] != 0) waitpid(processes_[i], nullptr, 0);
  if (rings_) munmap(rings_, count_ * sizeof(PieceRing));
  free(processes_);
  rings_ = nullptr;
  processes_ = nullptr;
  count_ = 0;
}

bool Workers::is_alive(size_t worker) {
  pid_t& process = processes_[worker];
  if (process != 0 && waitpid(process, nullptr, WNOHANG) != 0) process = 0;
  return process != 0;
}

Piece* Workers::piece_of(int64_t part) {
  constexpr int kPatience = 50;
  const size_t worker = worker_of(part);
  PieceRing& ring = rings_[worker];
  for (bool alive = true;;) {
    Piece* piece = ring.oldest(alive ? kPatience : 0);
    if (piece && piece->part >= part) return piece->part == part ? piece : nullptr;
    if (piece) {
      ring.release();
      continue;
    }
    if (!alive || is_interrupted()) return nullptr;
    alive = is_alive(worker);
  }
}

}  // namespace pflow::rt
