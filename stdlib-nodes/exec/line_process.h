/// A program that is started once and talks in lines: it is told lines on its standard input, and
/// says lines on its standard output. Which lines, a class derived from this knows.
///
/// It lives from its start until all of its handles are closed, which is after its end; then it is
/// `gone`, and deleted. Everything here belongs to the loop thread.
#pragma once

#include <uv.h>

#include <string>
#include <string_view>
#include <vector>

#include "line_reader.h"
#include "stdlib-nodes/process/pipes.h"

namespace pf_exec {

/// What somebody said, as a message shows it: on one line, in backquotes, not all of much.
std::string shown(std::string_view line);
/// `5 s`, `150 ms`
std::string in_words(uint64_t milliseconds);

class LineProcess {
 public:
  LineProcess(const LineProcess&) = delete;
  LineProcess& operator=(const LineProcess&) = delete;

  /// Whether the loop waits for its end.
  void hold_loop(bool holds);

 protected:
  /// What becomes of what it says on standard error, whose end is kept for messages in any case.
  enum class Complaints : unsigned char { PassedOn, Kept };

  explicit LineProcess(Complaints complaints) : complains_to_(complaints) {}
  virtual ~LineProcess() = default;

  /// Starts the command, with these variables (`NAME=VALUE`), or the program's own where that is
  /// null. 0, or libuv's error: it is gone soon then.
  int start(const std::vector<std::string>& words, const std::vector<std::string>* environment);

  /// A line with its end. Who does not read its input any more has ended, or closes its output.
  void send(std::string line);
  /// Bytes that it has not read yet.
  [[nodiscard]] size_t unwritten() const;
  /// `waited` is called after so long, once, unless it waits anew before.
  void wait(uint64_t milliseconds);
  void stop_waiting() { uv_timer_stop(&timer_); }
  /// Whether it runs and can answer.
  [[nodiscard]] bool is_alive() const { return !ending_ && !exited_ && output_open_; }
  /// Whether it is being ended: what it says is not heard any more.
  [[nodiscard]] bool is_ending() const { return ending_; }
  /// Ends it, as it is not needed any more: it finds its input closed, is asked later, then killed.
  void end_gently();
  /// Ends it, as it does what it is not to do: it is asked at once, then killed.
  void end_now();

  virtual void take_line(std::string_view line) = 0;
  virtual void line_is_too_long() = 0;
  /// Some of what it was told is read.
  virtual void was_read() = 0;
  virtual void waited() = 0;
  /// It has closed its output, but runs.
  virtual void output_is_closed() = 0;
  /// It has ended, and all that it said was taken: `how` is `ended with exit code 1`, `words` are
  /// its last on standard error, empty or behind a colon, `complaints` all that is kept of them.
  virtual void has_ended(const std::string& how, const std::string& words,
                         const std::string& complaints) = 0;
  virtual void gone() = 0;

 private:
  struct Write;

  int spawn(const std::vector<std::string>& words, const std::vector<std::string>* environment,
            pf_process::Pipes& pipes);
  void read_outputs();
  template <typename Handle>
  void own(Handle* handle);
  template <typename Handle>
  void close(Handle* handle);
  static LineProcess* of(uv_handle_t* handle) { return static_cast<LineProcess*>(handle->data); }

  void read_from(uv_stream_t* stream, ssize_t count, const char* bytes);
  void read_lines();
  void pass_on(std::string_view complaint);

  void abandon();
  void signal_group(int signal) const;
  void next_signal();
  void have_exited(int64_t status, int signal);
  void close_output(uv_pipe_t* pipe);
  void close_if_done();
  [[nodiscard]] std::string how_it_ended() const;
  void time_is_over();

  uv_process_t process_{};
  uv_pipe_t input_{};
  uv_pipe_t output_{};
  uv_pipe_t error_{};
  uv_timer_t timer_{};  ///< what is waited for follows from the state
  int open_handles_ = 0;
  int group_ = -1;  ///< its place in the table of groups that an early exit kills
  bool ending_ = false;
  bool exited_ = false;
  bool output_open_ = true;
  bool error_open_ = true;
  int signals_sent_ = 0;
  int64_t exit_status_ = 0;
  int term_signal_ = 0;
  LineReader lines_;
  Complaints complains_to_;
  std::string complaints_;  ///< the last that it said on standard error
  char complaint_room_[8192];
};

}  // namespace pf_exec
