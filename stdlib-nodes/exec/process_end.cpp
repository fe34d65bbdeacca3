// The end of a process: by itself, because it is not needed any more, or because it does what none
// does. Its input is closed first, then its process group gets SIGTERM, then SIGKILL.
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "pflow/node.hpp"
#include "process.h"

namespace pf_exec {
namespace {

/// Between one way to end it and the next.
constexpr uint64_t kGraceMs = 2000;

/// What those say that lack the file which `pflowc nodes --helper` prints.
constexpr std::string_view kLacksHelper[] = {"No module named 'pflow_node'",
                                             "pflow_node.mjs' imported from"};

std::string help_for(const std::string& complaints) {
  for (std::string_view words : kLacksHelper)
    if (complaints.find(words) != std::string::npos)
      return "`pflowc nodes --helper python > pflow_node.py` makes it, `--helper javascript` "
             "pflow_node.mjs";
  return "";
}

}  // namespace

template <typename Handle>
void Process::close(Handle* handle) {
  auto* base = reinterpret_cast<uv_handle_t*>(handle);
  if (uv_is_closing(base)) return;
  uv_close(base, [](uv_handle_t* closed) {
    Process* process = of(closed);
    if (--process->open_handles_ != 0) return;
    pf_process_group_done(process->group_);
    process->owner_.process_is_gone(process);
    delete process;
  });
}

/// One that could not be started.
void Process::abandon() {
  state_ = State::Ending;
  close(&input_);
  close(&output_);
  close(&error_);
  close(&timer_);
  if (process_.data != nullptr) close(&process_);
}

void Process::fail_calls(const std::string& did, const std::string& help) {
  std::unordered_map<int64_t, Call*> failed;
  failed.swap(calls_);
  unsent_.clear();
  for (const auto& [id, call] : failed) {
    fail_by_process(call->call, *call->node, command_.shown, did, help);
    complete_failed(call);
  }
}

void Process::give_up(const std::string& did, const std::string& help) {
  fail_calls(did, help);
  state_ = State::Ending;
  close(&input_);
  hold_loop(false);
  if (!exited_) next_signal();
}

void Process::end() {
  if (state_ == State::Ending) return;
  fail_calls("was ended", "");
  state_ = State::Ending;
  close(&input_);
  hold_loop(false);
  wait(kGraceMs);
}

void Process::end_if_idle() {
  if (!calls_.empty()) return;
  hold_loop(false);
  if (state_ == State::Retired) end();
}

void Process::signal_group(int signal) const { kill(-process_.pid, signal); }

/// Who survives both has left its group, and is not waited for.
void Process::next_signal() {
  constexpr int kSignals[] = {SIGTERM, SIGKILL};
  if (signals_sent_ < 2) {
    signal_group(kSignals[signals_sent_++]);
    return wait(kGraceMs);
  }
  output_closed(&output_);
  output_closed(&error_);
}

void Process::have_exited(int64_t status, int signal) {
  exited_ = true;
  exit_status_ = status;
  term_signal_ = signal;
  signal_group(SIGKILL);  // what it has left running
  wait(kGraceMs);         // for what still holds its outputs
  close_if_done();
}

void Process::output_closed(uv_pipe_t* pipe) {
  bool& open = pipe == &output_ ? output_open_ : error_open_;
  if (!open) return;
  open = false;
  close(pipe);
  if (pipe == &output_ && !exited_ && state_ != State::Ending) wait(kGraceMs);
  close_if_done();
}

std::string Process::how_it_ended() const {
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
void Process::close_if_done() {
  if (!exited_ || output_open_ || error_open_) return;
  pf_process::Output said;
  size_t room;
  char* to = said.room(&room);
  memcpy(to, complaints_.data(), complaints_.size() < room ? complaints_.size() : room);
  said.grew(complaints_.size() < room ? complaints_.size() : room);
  const pflow::Text words(pf_process::last_words(said));
  const char* before = state_ == State::Starting ? " before it was ready" : " before it answered";
  fail_calls(how_it_ended() + before + std::string(words.view()), help_for(complaints_));
  state_ = State::Ending;
  close(&input_);
  close(&timer_);
  close(&process_);
}

}  // namespace pf_exec
