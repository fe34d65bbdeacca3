/// A program that carries out nodes: it is started once, takes requests on its standard input and
/// gives answers on its standard output, a line of JSON each (docs/process-nodes.md).
///
/// It lives from its start until all of its handles are closed, which is after its end; then it
/// tells its owner and deletes itself. Everything here belongs to the loop thread.
#pragma once

#include <uv.h>

#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "answer.h"
#include "call.h"
#include "command.h"
#include "line_reader.h"
#include "stdlib-nodes/process/output.h"
#include "stdlib-nodes/process/pipes.h"

namespace pf_exec {

class Process {
 public:
  class Owner {
   public:
    virtual void process_is_gone(Process* process) = 0;

   protected:
    ~Owner() = default;
  };

  /// Starts the command, which is to be ready within `start_limit` nanoseconds. Null: `problem`
  /// says why not.
  static Process* start(const Command& command, int64_t start_limit, Owner& owner,
                        std::string* problem);

  /// Whether it may be given further calls.
  [[nodiscard]] bool takes_calls() const;
  /// The calls that it has not answered.
  [[nodiscard]] size_t load() const { return calls_.size(); }
  /// Whether it has said that it has no such node; the call was failed then.
  bool refuses(pf_call* call, const pf_foreign& node) const;
  /// The call, which waits from now on, is the process's.
  void take(Call* call);
  void cancel(Call* call);
  /// Ends it, as it is not needed any more: first it finds its input closed.
  void end();
  /// Whether the loop waits for its end.
  void hold_loop(bool holds);

 private:
  enum class State : unsigned char {
    Starting,
    Ready,
    Retired,  ///< it ends when it has answered what it has
    Ending
  };
  struct Write;

  Process(const Command& command, int64_t start_limit, Owner& owner);
  ~Process() = default;
  int spawn(pf_process::Pipes& pipes);
  void abandon();
  template <typename Handle>
  void own(Handle* handle);
  template <typename Handle>
  void close(Handle* handle);
  static Process* of(uv_handle_t* handle) { return static_cast<Process*>(handle->data); }

  // ---- what it is told
  void send(std::string line);
  void send_requests();

  // ---- what it says
  void read_from(uv_stream_t* stream, ssize_t count, const char* bytes);
  void read_lines();
  void read_line(std::string_view line);
  void be_ready(const Answer& hello);
  void take_answer(Answer& answer, std::string_view line);
  void pass_on(std::string_view complaint);

  // ---- its end
  void fail_calls(const std::string& did, const std::string& help);
  /// It does what no process of a node does: all of its calls fail, and it is ended.
  void give_up(const std::string& did, const std::string& help);
  void end_if_idle();
  void signal_group(int signal) const;
  void next_signal();
  void have_exited(int64_t status, int signal);
  void output_closed(uv_pipe_t* pipe);
  void close_if_done();
  [[nodiscard]] std::string how_it_ended() const;
  void time_is_over();
  void give_up_on_overdue();
  void wait(uint64_t milliseconds);

  static constexpr int kHandles = 5;

  Command command_;
  Owner& owner_;
  uint64_t start_limit_ms_;
  State state_ = State::Starting;
  uv_process_t process_{};
  uv_pipe_t input_{};
  uv_pipe_t output_{};
  uv_pipe_t error_{};
  uv_timer_t timer_{};  ///< what is waited for follows from the state
  int open_handles_ = 0;
  int group_ = -1;  ///< its place in the table of groups that an early exit kills
  bool exited_ = false;
  bool output_open_ = true;
  bool error_open_ = true;
  int signals_sent_ = 0;
  int64_t exit_status_ = 0;
  int term_signal_ = 0;

  int64_t next_id_ = 1;
  std::unordered_map<int64_t, Call*> calls_;
  std::deque<int64_t> unsent_;
  std::map<int64_t, uint64_t> cancelled_;  ///< that it has not answered: since when
  std::vector<std::string> nodes_;         ///< that it has; empty: it does not say
  LineReader lines_;
  std::string complaints_;  ///< the last that it said on standard error
  char complaint_room_[8192];
};

}  // namespace pf_exec
