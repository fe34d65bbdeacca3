/// One effect between its begin and its end, and who hears of it.
#pragma once

#include "pflow/abi.h"

struct pf_effect {
  pf_call* call;    ///< null when that has ended before
  int64_t began;    ///< nanoseconds since the epoch …
  int64_t started;  ///< … and by the clock of waits
  double expected;  ///< US dollars; negative: unknown
  void (*begun)(void* user, pf_status status);
  void* user;
  bool has_begun;
  pf_effect* next;  ///< of those that wait for a budget
  pf_used used;     ///< its model is the effect's own
  void* kept;       ///< by the listener; null: nothing
};

namespace pflow::rt {

// `budget` and `usage` are always there.

/// What pf_effect_begin says. One that waits is told to `begin_effect` later.
[[nodiscard]] pf_status ask_budget(pf_effect& effect);
/// It is over, and what it left may be enough for others that wait.
void budget_takes(const pf_effect& effect);
/// It ends before it has begun.
void forget_waiting(const pf_effect& effect);
/// The budgets of stages take what it may cost, as these will be gone at its end.
void budget_lets_go(const pf_effect& effect);
void usage_takes(const pf_effect& effect);

/// Who keeps what was said. `begin` sets `kept` of an effect that it wants to hear more of.
struct Listener {
  void (*begin)(pf_effect& effect);
  void (*said)(pf_effect& effect, const char* part, const pf_str& text);
  void (*end)(pf_effect& effect, pf_status status);
  void (*end_run)(int exit_code);
};
void listen(const Listener& listener);

/// Goes on with an effect that may begin.
void begin_effect(pf_effect& effect);

}  // namespace pflow::rt
