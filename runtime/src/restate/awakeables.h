/// What an invocation waits for that others say: answers and events. Each is an awakeable of
/// Restate, a signal whose id who knows it may resolve.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "pflow/timer.h"
#include "pflow/waiting.h"
#include "runtime/src/restate/messages.h"

namespace pflow::restate {

class Journal;

class Awakeables {
 public:
  Awakeables() { soon_.awakeables = this; }
  Awakeables(const Awakeables&) = delete;
  Awakeables& operator=(const Awakeables&) = delete;
  ~Awakeables() { pf_timer_stop(&soon_.timer); }

  /// One that was made in an attempt before: `value` is what its command has given.
  void recall(std::string_view value);
  /// One was resolved or rejected.
  void came(Notification news);
  /// Those that calls wait for.
  [[nodiscard]] std::vector<uint32_t> awaited() const;

  // ---- of a step that waits

  void begin(Journal& journal, pf_waiting& waiting);
  void end(const pf_waiting& waiting);
  /// The time for it is over.
  void is_late(const pf_call& call);
  /// The server knows it by now: who looks at standard error is told of it.
  void tell(const pf_call& call) const;

 private:
  struct Wait {
    pf_waiting* waiting;
    std::string told;
  };
  uint32_t number_of(Journal& journal, pf_waiting& waiting, int64_t& began);
  void await_deadline(Journal& journal, pf_waiting& waiting, int64_t began);
  void give(uint32_t signal, const Notification* news);
  void let_others_pass();
  [[nodiscard]] uint32_t find(const pf_call& call) const;

  /// The ones before it are the server's own.
  static constexpr uint32_t kFirst = 17;
  uint32_t next_ = kFirst;
  std::map<uint32_t, Notification> known_;
  std::map<uint32_t, Wait> waits_;
  struct Soon {
    pf_timer timer{};
    Awakeables* awakeables;
  } soon_{};
};

/// Nodes that wait for others do it here from now on.
void host_awakeables();

}  // namespace pflow::restate
