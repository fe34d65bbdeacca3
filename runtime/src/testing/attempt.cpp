// Which try of its stage something is part of.
#include "runtime/src/running/try_state.h"

int64_t pf_attempt(pf_frame* frame) {
  for (const pf_frame* at = frame; at; at = at->parent)
    if (const pflow::rt::Try* running = pflow::rt::try_of(at)) return running->attempt;
  return 1;
}
