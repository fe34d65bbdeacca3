#include "stdlib-nodes/waits/patience.h"

#include <stdlib.h>

namespace waits {

void drop(pf_waiting* waiting) {
  waiting->call->state = nullptr;
  pf_str_release(waiting->name);
  free(waiting);
}

namespace {

void cancel(pf_call* call) {
  auto* waiting = static_cast<pf_waiting*>(call->state);
  if (!waiting) return;
  pf_waiting_end(waiting);
  drop(waiting);
  pf_complete(call, pf_fail(call, PF_E_CANCELLED, "the wait was cancelled"));
}

}  // namespace

pf_status begin(pf_waiting* waiting) {
  pf_call* call = waiting->call;
  call->state = waiting;
  call->cancel = cancel;
  if (pf_waiting_begin(waiting)) return PF_PENDING;
  if (pf_waiting_is_hosted()) {
    pf_fail(call, PF_E_CONFIG, "who has called the flow cannot be asked, nor told when it goes on");
    pf_fail_help(call, "`POST /flows/NAME` of `--serve` can");
    drop(waiting);
    return PF_FAILED;
  }
  pf_fail(call, PF_E_CONFIG, "nobody can go on with this run later: it keeps no journal");
  pf_fail_help(
      call, "`--journal auto` keeps one%s",
      waiting->kind == PF_WAITS_EVENT ? "" : "; on a terminal the question is asked at once");
  drop(waiting);
  return PF_FAILED;
}

}  // namespace waits
