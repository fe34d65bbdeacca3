/// A program that carries out nodes: it is started once, takes requests on its standard input and
/// gives answers on its standard output, a line of JSON each (docs/process-nodes.md).
#pragma once

#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "answer.h"
#include "call.h"
#include "command.h"
#include "line_process.h"

namespace pf_exec {

class Process final : public LineProcess {
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
  [[nodiscard]] bool takes_calls() const { return is_alive() && !retired_; }
  /// The calls that it has not answered.
  [[nodiscard]] size_t load() const { return calls_.size(); }
  /// Whether it has said that it has no such node; the call was failed then.
  bool refuses(pf_call* call, const pf_foreign& node) const;
  /// The call, which waits from now on, is the process's.
  void take(Call* call);
  void cancel(Call* call);
  /// Ends it, as it is not needed any more.
  void end();

 private:
  Process(const Command& command, int64_t start_limit, Owner& owner);

  void send_requests();
  void take_line(std::string_view line) override;
  void be_ready(const Answer& hello);
  void take_answer(Answer& answer, std::string_view line);

  void fail_calls(const std::string& did, const std::string& help);
  /// It does what no process of a node does: all of its calls fail, and it is ended.
  void give_up(const std::string& did, const std::string& help);
  void end_if_idle();
  void give_up_on_overdue();

  void line_is_too_long() override;
  void was_read() override { send_requests(); }
  void waited() override;
  void output_is_closed() override;
  void has_ended(const std::string& how, const std::string& words,
                 const std::string& complaints) override;
  void gone() override { owner_.process_is_gone(this); }

  Command command_;
  Owner& owner_;
  uint64_t start_limit_ms_;
  bool ready_ = false;
  bool retired_ = false;  ///< it ends when it has answered what it has

  int64_t next_id_ = 1;
  std::unordered_map<int64_t, Call*> calls_;
  std::deque<int64_t> unsent_;
  std::map<int64_t, uint64_t> cancelled_;  ///< that it has not answered: since when
  std::vector<std::string> nodes_;         ///< that it has; empty: it does not say
};

}  // namespace pf_exec
