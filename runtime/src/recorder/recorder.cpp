// The one point that every question to a model passes.
#include <stdlib.h>

#include "pflow/timer.h"
#include "runtime/src/recorder/listeners.h"
#include "runtime/src/values/memory.h"

using namespace pflow::rt;

pf_status pf_effect_begin(pf_call* call, const pf_effect_plan* plan, pf_effect** out) {
  auto* effect = static_cast<pf_effect*>(allocate_zeroed(sizeof(pf_effect)));
  *out = effect;
  effect->call = call;
  effect->expected = plan->expected;
  effect->begun = plan->begun;
  effect->user = plan->user;
  effect->used.has_cost = true;
  effect->used.provider = plan->provider;
  effect->used.model = pf_str_copy(plan->model.data, plan->model.len);
  pf_status status = ask_budget(*effect);
  if (status == PF_DONE) begin_effect(*effect);
  return status;
}

void pf_effect_used(pf_effect* effect, const pf_used* used) {
  pf_used told = *used;
  told.provider = effect->used.provider;
  told.model = effect->used.model;
  effect->used = told;
}

void pf_effect_said(pf_effect* effect, const char* part, const pf_str* text) {
  if (effect->has_begun) for_listeners_of(&Listener::said, *effect, part, *text);
}

void pf_effect_outlives(pf_effect* effect) {
  budget_lets_go(*effect);
  effect->call = nullptr;
}

bool pf_effect_is_kept(void) {
  for (int number = 0; number < listener_count(); ++number)
    if (listener(number).said) return true;
  return false;
}

void pf_effect_end(pf_effect* effect, pf_status status) {
  if (effect->has_begun) {
    usage_takes(*effect);
    if (effect->call && effect->call->step) step_takes(*effect);
    for_listeners_of(&Listener::question_ended, *effect, status);
    budget_takes(*effect);
  } else {
    forget_waiting(*effect);
  }
  pf_str_release(effect->used.model);
  free(effect);
}

namespace pflow::rt {

void begin_effect(pf_effect& effect) {
  effect.has_begun = true;
  effect.began = pf_wall_clock();
  effect.started = pf_clock();
  for_listeners_of(&Listener::question_began, effect);
}

void step_takes(const pf_effect& effect) {
  auto& step = *static_cast<Step*>(effect.call->step);
  ++step.questions;
  add_used(step.used, effect.used);
}

void add_used(pf_used& to, const pf_used& more) {
  to.input_tokens += more.input_tokens;
  to.cached_input_tokens += more.cached_input_tokens;
  to.output_tokens += more.output_tokens;
  to.reasoning_tokens += more.reasoning_tokens;
  to.cost += more.cost;
  to.has_cost = to.has_cost && more.has_cost;
}

}  // namespace pflow::rt
