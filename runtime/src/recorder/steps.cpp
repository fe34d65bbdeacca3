// pf_run_node: the one point that calls of nodes with effects pass.
#include <stdlib.h>

#include "pflow/timer.h"
#include "runtime/src/recorder/listeners.h"
#include "runtime/src/values/memory.h"

namespace pflow::rt {
namespace {

void begin_step(pf_call& call, const pf_node& node, const void* in, const void* out) {
  auto* step = static_cast<Step*>(allocate_zeroed(sizeof(Step)));
  step->call = &call;
  step->node = &node;
  step->in = in;
  step->out = out;
  step->began = pf_wall_clock();
  step->started = pf_clock();
  step->used.has_cost = true;
  call.step = step;
  for_listeners_of(&Listener::step_began, *step);
}

Answer answer(Step& step, void* out) {
  for (int number = 0; number < listener_count(); ++number)
    if (auto* answers = listener(number).answers)
      if (const Answer given = answers(step, number, out); given != Answer::None) return given;
  return Answer::None;
}

}  // namespace

bool holds_step(pf_call& call, pf_status status) {
  auto& step = *static_cast<Step*>(call.step);
  for (int number = 0; number < listener_count(); ++number)
    if (auto* holds = listener(number).holds; holds && holds(step, number, status)) return true;
  return false;
}

void end_step(pf_call& call, pf_status status) {
  auto* step = static_cast<Step*>(call.step);
  call.step = nullptr;
  for_listeners_of(&Listener::step_ended, *step, status);
  free(step);
}

}  // namespace pflow::rt

int64_t pf_waited(const pf_call* call) {
  const auto* step = static_cast<const pflow::rt::Step*>(call->step);
  return step ? step->waited : 0;
}

bool pf_always(const void*) { return true; }

/// A node names the structs of its own ports, where `pf_node_fn` has `void`.
[[clang::no_sanitize("function")]] int32_t pf_run_node(pf_call* call, const void* described,
                                                       const void* in, void* out) {
  using namespace pflow::rt;
  const auto& node = *static_cast<const pf_node*>(described);
  if (listener_count() == 0) return node.run(call, in, out);
  begin_step(*call, node, in, out);
  pf_status status = PF_PENDING;
  switch (answer(*static_cast<Step*>(call->step), out)) {
    case Answer::None:
      status = node.run(call, in, out);
      if (status != PF_PENDING && call->frame && holds_step(*call, status)) return PF_PENDING;
      break;
    case Answer::Done: status = PF_DONE; break;
    case Answer::Failed: status = PF_FAILED; break;
    case Answer::Later: break;
  }
  if (status != PF_PENDING) end_step(*call, status);
  return status;
}
