// wait_for: what a later run is told of.
#include "pflow/node.hpp"
#include "stdlib-nodes/waits/patience.h"
#include "waits.pf.hpp"

pf_status pfn_waits_wait_for(pf_call* call, const wait_for_in* in, wait_for_out* out) {
  pf_str given{};
  if (pf_waiting_given(&in->event, true, &given)) {
    const pf_status status = pf_json_read(call, &given, in->type_T, out->value);
    pf_str_release(given);
    return status;
  }
  if (waits::is_late(call, in->deadline))
    return pf_fail(call, PF_E_TIMEOUT, "the event `%.*s` has not come in time",
                   static_cast<int>(in->event.len), in->event.data);
  auto* waiting = static_cast<pf_waiting*>(pflow::zeroed(sizeof(pf_waiting)));
  *waiting = {call, pflow::share(in->event), {}, PF_WAITS_EVENT, nullptr, nullptr, false};
  return waits::begin(waiting);
}
