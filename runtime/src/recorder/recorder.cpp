// The one point that every effect passes.
#include <stdlib.h>
#include <time.h>

#include "pflow/timer.h"
#include "runtime/src/recorder/effect.h"
#include "runtime/src/values/memory.h"

using namespace pflow::rt;

namespace {

int64_t wall_clock() {
  timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return now.tv_sec * 1'000'000'000 + now.tv_nsec;
}

const Listener* g_listener;

}  // namespace

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
  if (effect->kept) g_listener->said(*effect, part, *text);
}

void pf_effect_outlives(pf_effect* effect) {
  budget_lets_go(*effect);
  effect->call = nullptr;
}

bool pf_effect_is_kept(void) { return g_listener != nullptr; }

void pf_effect_end(pf_effect* effect, pf_status status) {
  if (effect->has_begun) {
    usage_takes(*effect);
    if (effect->kept) g_listener->end(*effect, status);
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
  effect.began = wall_clock();
  effect.started = pf_clock();
  if (g_listener) g_listener->begin(effect);
}

void listen(const Listener& listener) { g_listener = &listener; }

void end_recording(int exit_code) {
  if (g_listener) g_listener->end_run(exit_code);
}

}  // namespace pflow::rt
