#include "runtime/src/running/gate.h"

#include <stddef.h>

#include "runtime/src/running/above.h"
#include "runtime/src/running/timers.h"

namespace pflow::rt {
namespace {

void look(pf_timer* timer) {
  Gate* gate = timer_owner<Gate>(timer, offsetof(Gate, look));
  pf_gathered* first = gate->first;
  if (!first || !gate->all_are_here(*gate)) return;
  gate->first = gate->last = nullptr;
  gate->standing = 0;
  first->complete(first);
}

}  // namespace

void look_at(Gate& gate) {
  if (gate.first && gate.look.place == 0) pf_timer_start(&gate.look, 0, look);
}

void close_gate(Gate& gate) { pf_timer_stop(&gate.look); }

Gate* gate_above(pf_frame* frame) {
  while (frame) {
    const Above above = above_of(frame);
    if (above.attempt > 1) return nullptr;
    if (above.item >= 0) return above.gate;
    frame = above.outer;
  }
  return nullptr;
}

}  // namespace pflow::rt

using namespace pflow::rt;

bool pf_gathers(const pf_call* call) { return gate_above(call->frame) != nullptr; }

void pf_gather(pf_gathered* gathered) {
  Gate& gate = *gate_above(gathered->call->frame);
  gathered->gate = &gate;
  gathered->next = nullptr;
  gathered->previous = gate.last;
  (gate.last ? gate.last->next : gate.first) = gathered;
  gate.last = gathered;
  ++gate.standing;
  look_at(gate);
}

void pf_gather_leave(pf_gathered* gathered) {
  Gate& gate = *static_cast<Gate*>(gathered->gate);
  (gathered->previous ? gathered->previous->next : gate.first) = gathered->next;
  (gathered->next ? gathered->next->previous : gate.last) = gathered->previous;
  --gate.standing;
  look_at(gate);
}
