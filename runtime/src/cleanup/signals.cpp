#include "runtime/src/cleanup/signals.h"

#include <signal.h>
#include <unistd.h>

#include "runtime/src/cleanup/temp_files.h"

namespace pflow::rt {
namespace {

volatile sig_atomic_t g_received;
void (*volatile g_wake)();

/// How long a stretch of code that does not come back to the loop may still run.
constexpr unsigned kGraceSeconds = 1;

void on_signal(int signal) {
  if (signal == SIGALRM) exit_now(128 + g_received);
  if (g_received != 0 || !g_wake) exit_now(128 + signal);
  g_received = signal;
  g_wake();
  alarm(kGraceSeconds);
}

void handle(int signal, void (*handler)(int)) {
  struct sigaction action = {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  sigaction(signal, &action, nullptr);
}

}  // namespace

void install_signal_handlers() {
  constexpr int kEnding[] = {SIGINT, SIGTERM};
  for (int signal : kEnding) handle(signal, on_signal);
  handle(SIGPIPE, SIG_IGN);
}

void pass_first_signal_to(void (*wake)()) {
  if (wake) handle(SIGALRM, on_signal);
  g_wake = wake;
}

void acknowledge_signal() { alarm(0); }

int received_signal() { return g_received; }

}  // namespace pflow::rt
