// The end of a process: by itself, because it is not needed any more, or because it does what it
// is not to do. Its input is closed first, then its process group gets SIGTERM, then SIGKILL.
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "line_process.h"
#include "pflow/node.hpp"
#include "stdlib-nodes/process/output.h"

namespace pf_exec {
namespace {

/// Between one way to end it and the next.
constexpr uint64_t kGraceMs = 2000;

}  // namespace

template <typename Handle>
void LineProcess::close(Handle* handle) {
  auto* base = reinterpret_cast<uv_handle_t*>(handle);
  if (uv_is_closing(base)) return;
  uv_close(base, [](uv_handle_t* closed) {
    LineProcess* process = of(closed);
    if (--process->open_handles_ != 0) return;
    pf_process_group_done(process->group_);
    process->gone();
    delete process;
  });
}

/// One that could not be started.
void LineProcess::abandon() {
  ending_ = true;
  close(&input_);
  close(&output_);
  close(&error_);
  close(&timer_);
  if (process_.data != nullptr) close(&process_);
}

void LineProcess::end_gently() {
  ending_ = true;
  close(&input_);
  hold_loop(false);
  wait(kGraceMs);
}

void LineProcess::end_now() {
  ending_ = true;
  close(&input_);
  hold_loop(false);
  if (!exited_) next_signal();
}

void LineProcess::signal_group(int signal) const { kill(-process_.pid, signal); }

/// Who survives both has left its group, and is not waited for.
void LineProcess::next_signal() {
  constexpr int kSignals[] = {SIGTERM, SIGKILL};
  if (signals_sent_ < 2) {
    signal_group(kSignals[signals_sent_++]);
    return wait(kGraceMs);
  }
  close_output(&output_);
  close_output(&error_);
}

void LineProcess::time_is_over() {
  if (exited_) {
    close_output(&output_);
    return close_output(&error_);
  }
  if (ending_) return next_signal();
  if (!output_open_) return output_is_closed();
  waited();
}

void LineProcess::have_exited(int64_t status, int signal) {
  exited_ = true;
  exit_status_ = status;
  term_signal_ = signal;
  signal_group(SIGKILL);  // what it has left running
  wait(kGraceMs);         // for what still holds its outputs
  close_if_done();
}

void LineProcess::close_output(uv_pipe_t* pipe) {
  bool& open = pipe == &output_ ? output_open_ : error_open_;
  if (!open) return;
  open = false;
  close(pipe);
  if (pipe == &output_ && !exited_ && !ending_) wait(kGraceMs);
  close_if_done();
}

std::string LineProcess::how_it_ended() const {
  char how[64];
  if (term_signal_ != 0) {
    const char* name = sigabbrev_np(term_signal_);
    snprintf(how, sizeof(how), "was ended by signal %d (SIG%s)", term_signal_, name ? name : "?");
  } else {
    snprintf(how, sizeof(how), "ended with exit code %lld", static_cast<long long>(exit_status_));
  }
  return how;
}

/// Once it has ended and all that it printed is read.
void LineProcess::close_if_done() {
  if (!exited_ || output_open_ || error_open_) return;
  pf_process::Output said;
  size_t room;
  char* to = said.room(&room);
  memcpy(to, complaints_.data(), complaints_.size() < room ? complaints_.size() : room);
  said.grew(complaints_.size() < room ? complaints_.size() : room);
  const pflow::Text words(pf_process::last_words(said));
  has_ended(how_it_ended(), std::string(words.view()), complaints_);
  ending_ = true;
  close(&input_);
  close(&timer_);
  close(&process_);
}

}  // namespace pf_exec
