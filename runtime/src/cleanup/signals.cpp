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

/// Asked to end.
constexpr int kAsking[] = {SIGHUP, SIGINT, SIGTERM};
/// What ends a process that does not expect it.
constexpr int kDeadly[] = {SIGQUIT, SIGABRT, SIGSEGV, SIGBUS,  SIGFPE,    SIGILL,  SIGSYS,
                           SIGTRAP, SIGXCPU, SIGUSR1, SIGUSR2, SIGVTALRM, SIGPROF, SIGPOLL};

/// The stack itself may be what overflowed. Folders are removed on it, level by level.
char g_stack[128 * 1024];

void on_signal(int signal) {
  if (g_received != 0 || !g_wake) exit_now(128 + signal);
  g_received = signal;
  g_wake();
  alarm(kGraceSeconds);
}

void on_alarm(int) { exit_now(128 + (g_received ? g_received : SIGALRM)); }

/// The action is the default one again: it ends the process once this returns.
void on_deadly(int signal) {
  remove_leftovers();
  raise(signal);
}

void handle(int signal, void (*handler)(int), int flags) {
  struct sigaction action = {};
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigaction(signal, &action, nullptr);
}

/// What the parent has the program ignore stays ignored, and a sanitizer's handler stays.
void handle_default(int signal, void (*handler)(int), int flags) {
  struct sigaction before = {};
  if (sigaction(signal, nullptr, &before) == 0 && before.sa_handler == SIG_DFL)
    handle(signal, handler, flags);
}

/// These we need, whatever the parent has blocked.
void unblock() {
  sigset_t needed;
  sigemptyset(&needed);
  sigaddset(&needed, SIGALRM);
  sigaddset(&needed, SIGCHLD);
  sigprocmask(SIG_UNBLOCK, &needed, nullptr);
}

}  // namespace

void install_signal_handlers() {
  stack_t stack = {};
  stack.ss_sp = g_stack;
  stack.ss_size = sizeof(g_stack);
  sigaltstack(&stack, nullptr);
  for (int signal : kAsking) handle_default(signal, on_signal, SA_RESTART);
  for (int signal : kDeadly)
    handle_default(signal, on_deadly, SA_ONSTACK | static_cast<int>(SA_RESETHAND));
  handle(SIGPIPE, SIG_IGN, 0);
  handle(SIGXFSZ, SIG_IGN, 0);
  unblock();
}

void pass_first_signal_to(void (*wake)()) {
  if (wake) handle(SIGALRM, on_alarm, SA_RESTART);
  g_wake = wake;
}

void acknowledge_signal() { alarm(0); }

void forget_signal() { g_received = 0; }

void leave_signals() {
  for (int signal : kAsking) handle(signal, SIG_IGN, 0);
  for (int signal : kDeadly) handle(signal, SIG_DFL, 0);
}

int received_signal() { return g_received; }

}  // namespace pflow::rt
