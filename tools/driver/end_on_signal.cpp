#include "tools/driver/end_on_signal.h"

#include <pthread.h>
#include <unistd.h>

#include "tools/driver/scratch_folder.h"

namespace pflow {
namespace {

constexpr int kSignals[] = {SIGHUP, SIGINT, SIGTERM};
/// Asks the thread to end; nothing else sends it.
constexpr int kEnough = SIGUSR2;

bool is_ignored(int number) {
  struct sigaction action{};
  return sigaction(number, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

void wait_for(sigset_t wanted) {
  int number = 0;
  if (sigwait(&wanted, &number) != 0 || number == kEnough) return;
  ScratchFolder::remove_all();
  constexpr int kBySignal = 128;
  _exit(kBySignal + number);
}

}  // namespace

EndOnSignal::EndOnSignal() {
  sigset_t wanted;
  sigemptyset(&wanted);
  sigaddset(&wanted, kEnough);
  for (int number : kSignals)
    if (!is_ignored(number)) sigaddset(&wanted, number);
  pthread_sigmask(SIG_BLOCK, &wanted, &before_);
  thread_ = std::thread(wait_for, wanted);
}

EndOnSignal::~EndOnSignal() {
  pthread_kill(thread_.native_handle(), kEnough);
  thread_.join();
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

void EndOnSignal::release_in_child() {
  sigset_t held;
  sigemptyset(&held);
  sigaddset(&held, kEnough);
  for (int number : kSignals) sigaddset(&held, number);
  sigprocmask(SIG_UNBLOCK, &held, nullptr);
}

}  // namespace pflow
