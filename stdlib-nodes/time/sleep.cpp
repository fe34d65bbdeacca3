// sleep: one timer of the runtime, and nothing else.
#include <stdlib.h>

#include <algorithm>

#include "pflow/abi.h"
#include "pflow/timer.h"
#include "time.pf.hpp"

namespace {

struct Sleep {
  pf_timer timer;  // first: the timer's address is the sleep's
  pf_call* call;
};

void end(Sleep* sleep, pf_status status) {
  pf_call* call = sleep->call;
  call->state = nullptr;
  free(sleep);
  pf_complete(call, status);
}

void is_over(pf_timer* timer) { end(reinterpret_cast<Sleep*>(timer), PF_DONE); }

void cancel(pf_call* call) {
  auto* sleep = static_cast<Sleep*>(call->state);
  if (!sleep) return;
  pf_timer_stop(&sleep->timer);
  end(sleep, pf_fail(call, PF_E_CANCELLED, "the sleep was cancelled"));
}

}  // namespace

pf_status pfn_time_sleep(pf_call* call, const sleep_in* in, sleep_out*) {
  if (in->duration < 0) return pf_fail(call, PF_E_VALUE, "`duration` is negative");
  auto* sleep = static_cast<Sleep*>(calloc(1, sizeof(Sleep)));
  if (!sleep) pf_out_of_memory();
  sleep->call = call;
  call->state = sleep;
  call->cancel = cancel;
  pf_timer_start(&sleep->timer, std::max<int64_t>(0, in->duration - pf_waited(call)), is_over);
  return PF_PENDING;
}
