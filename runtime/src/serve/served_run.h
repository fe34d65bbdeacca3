/// A call that waits for answers and events which others give: a run that they find by its id. It
/// is kept for a while after its end, for who asks what it has given.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pflow/timer.h"
#include "pflow/waiting.h"

namespace pflow::serve {

struct FlowCall;

class ServedRun {
 public:
  /// It is found by its id from here on.
  static ServedRun& begin(FlowCall& call);
  /// Null: there is none, or it was forgotten.
  static ServedRun* find(std::string_view id);
  /// Its caller has all that there is to know.
  static void forget(const ServedRun& run);
  /// Those that wait end: nobody can give them anything any more.
  static void cancel_waiting();

  explicit ServedRun(FlowCall& call);
  ServedRun(const ServedRun&) = delete;
  ServedRun& operator=(const ServedRun&) = delete;
  ~ServedRun() = default;

  void waits_for(pf_waiting& waiting);
  void waits_no_more(const pf_waiting& waiting);
  /// The items behind those that wait begin.
  void let_others_pass();
  /// Empty, or why it takes nothing of the sort.
  [[nodiscard]] std::string give(std::string_view name, std::string_view text);
  void cancel();
  /// `outcome` is an object with the member `result` or `error`.
  void ended(bool well, std::string_view outcome);

  [[nodiscard]] const std::string& id() const { return id_; }
  [[nodiscard]] bool is_over() const { return call_ == nullptr; }
  /// `{"run", "state", "waiting", …}`.
  [[nodiscard]] std::string json() const;

 private:
  struct Wait {
    pf_timer timer{};  ///< of its deadline
    ServedRun* run;
    pf_waiting* waiting;
  };
  void take(pf_waiting& waiting, const pf_str* given);
  [[nodiscard]] std::string names() const;

  std::string id_;
  FlowCall* call_;  ///< null: it has ended
  std::vector<std::unique_ptr<Wait>> waits_;
  std::string state_, outcome_;  ///< once it has ended
  int64_t ended_ = 0;            ///< when, on pf_clock
};

}  // namespace pflow::serve
