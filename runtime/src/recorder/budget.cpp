// Budgets: a question begins when what was spent, what has begun and what it may cost itself fit
// into each budget around it: those of stages and that of the run. It waits while only what has
// begun is in its way.
#include <algorithm>

#include "runtime/src/program/run_options.h"
#include "runtime/src/recorder/dollars.h"
#include "runtime/src/recorder/effect.h"
#include "runtime/src/running/above.h"
#include "runtime/src/values/buffer.h"

namespace pflow::rt {
namespace {

/// Calls `visit` with each budget of a stage around a call, from the inside out, as long as it
/// returns true.
template <typename Visit>
bool all_stages(const pf_call* call, Visit visit) {
  for (pf_frame* frame = call ? call->frame : nullptr; frame;) {
    Above above = above_of(frame);
    if (above.budget && !visit(*above.budget)) return false;
    frame = above.outer;
  }
  return true;
}

Budget& run() {
  static Budget budget{};
  budget.limit = run_budget();
  return budget;
}

/// The same with that of the run behind them.
template <typename Visit>
bool all_around(const pf_call* call, Visit visit) {
  return all_stages(call, visit) && (run_budget() == 0 || visit(run()));
}

bool settle(Budget& budget, double expected, double cost) {
  if (expected < 0) return true;  // no budget has it
  budget.reserved = std::max(0.0, budget.reserved - expected);
  budget.spent += cost;
  return true;
}

void fail_unknown(pf_call* call) {
  pf_fail(call, PF_E_BUDGET, "the model has no known price, so that no budget can be kept");
  pf_fail_help(call, "add it to `prices.json` in PFLOW_HOME");
}

void fail_spent(pf_call* call, const Budget& budget, double expected) {
  Buffer limit, spent, more;
  add_dollars(limit, budget.limit);
  add_dollars(spent, budget.spent);
  add_dollars(more, expected);
  pf_fail(call, PF_E_BUDGET,
          "the budget of %s allows no further question: %s are spent, this one may cost %s",
          limit.c_str(), spent.c_str(), more.c_str());
}

bool fits(const Budget& budget, double more) { return budget.spent + more <= budget.limit; }

/// Those that a budget does not allow yet, in the order in which they came.
pf_effect* g_waiting;

void wait(pf_effect& effect) {
  pf_effect** at = &g_waiting;
  while (*at) at = &(*at)->next;
  *at = &effect;
}

/// Whether each budget allows it now; else it is to wait, or the call was failed.
pf_status look(pf_effect& effect) {
  pf_status status = PF_DONE;
  if (effect.expected == 0) return status;
  all_around(effect.call, [&](const Budget& budget) {
    if (effect.expected < 0)
      fail_unknown(effect.call);
    else if (!fits(budget, effect.expected))
      fail_spent(effect.call, budget, effect.expected);
    else if (fits(budget, budget.reserved + effect.expected))
      return true;
    status = effect.call->error ? PF_FAILED : PF_PENDING;
    return status == PF_PENDING;
  });
  return status;
}

void reserve(const pf_effect& effect) {
  all_around(effect.call, [&](Budget& budget) {
    budget.reserved += effect.expected;
    return true;
  });
}

/// What has cost less than it might leaves room for others.
void look_at_waiting() {
  for (pf_effect** at = &g_waiting; *at;) {
    pf_effect& effect = **at;
    pf_status status = look(effect);
    if (status == PF_PENDING) {
      at = &effect.next;
      continue;
    }
    *at = effect.next;
    effect.next = nullptr;
    if (status == PF_DONE) {
      reserve(effect);
      begin_effect(effect);
    }
    effect.begun(effect.user, status);
    // Others may have come and gone in it.
    at = &g_waiting;
  }
}

}  // namespace

pf_status ask_budget(pf_effect& effect) {
  pf_status status = look(effect);
  if (status == PF_PENDING) wait(effect);
  if (status == PF_DONE) reserve(effect);
  return status;
}

void forget_waiting(const pf_effect& effect) {
  for (pf_effect** at = &g_waiting; *at; at = &(*at)->next) {
    if (*at != &effect) continue;
    *at = effect.next;
    return;
  }
}

void budget_takes(const pf_effect& effect) {
  double cost = effect.used.has_cost ? effect.used.cost : effect.expected;
  all_around(effect.call, [&](Budget& budget) { return settle(budget, effect.expected, cost); });
  look_at_waiting();
}

void budget_lets_go(const pf_effect& effect) {
  all_stages(effect.call,
             [&](Budget& budget) { return settle(budget, effect.expected, effect.expected); });
}

}  // namespace pflow::rt
