#include "runtime/src/running/above.h"

#include "runtime/src/running/try_state.h"

namespace pflow::rt {

Above above_of(pf_frame* child) {
  Above above{.outer = child->parent};
  if (Try* t = try_of(child)) {
    above.attempt = t->attempt;
    if (t->policy.set & PF_P_BUDGET) above.budget = &t->budget;
    if (t->policy.set & PF_P_IN_DOUBT) above.in_doubt = t->policy.in_doubt;
  } else if (!each_above(child, above)) {
    stream_each_above(child, above);
  }
  return above;
}

}  // namespace pflow::rt
