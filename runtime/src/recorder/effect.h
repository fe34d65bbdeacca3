/// A question to a model between its begin and its end.
#pragma once

#include "pflow/abi.h"
#include "runtime/src/recorder/step.h"

struct pf_effect {
  pf_call* call;    ///< null when that has ended before
  int64_t began;    ///< nanoseconds since the epoch …
  int64_t started;  ///< … and by the clock of waits
  double expected;  ///< US dollars; negative: unknown
  void (*begun)(void* user, pf_status status);
  void* user;
  bool has_begun;
  pf_effect* next;                        ///< of those that wait for a budget
  pf_used used;                           ///< its model is the effect's own
  void* kept[pflow::rt::kMostListeners];  ///< by each listener
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
/// So does the step that it is part of.
void step_takes(const pf_effect& effect);
/// Tokens and cost; a cost that one lacks is none.
void add_used(pf_used& to, const pf_used& more);

/// Goes on with an effect that may begin.
void begin_effect(pf_effect& effect);

}  // namespace pflow::rt
