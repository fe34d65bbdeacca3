// wait_for: what a later run is told of.
#include "pflow/node.hpp"
#include "stdlib-nodes/waits/patience.h"
#include "waits.pf.hpp"

namespace {

struct Event {
  pf_waiting waiting;  // first: its address is the event's
  const wait_for_in* in;
  wait_for_out* out;
};

pf_status is_late(pf_call* call, const wait_for_in* in) {
  return pf_fail(call, PF_E_TIMEOUT, "the event `%.*s` has not come in time",
                 static_cast<int>(in->event.len), in->event.data);
}

/// While it waited.
pf_status take_later(pf_waiting* waiting, const pf_str* given) {
  const Event event = *reinterpret_cast<Event*>(waiting);
  waits::drop(waiting);
  pf_call* call = event.waiting.call;
  return given ? pf_json_read(call, given, event.in->type_T, event.out->value)
               : is_late(call, event.in);
}

}  // namespace

pf_status pfn_waits_wait_for(pf_call* call, const wait_for_in* in, wait_for_out* out) {
  pf_str given{};
  if (pf_waiting_given(&in->event, true, &given)) {
    const pf_status status = pf_json_read(call, &given, in->type_T, out->value);
    pf_str_release(given);
    return status;
  }
  if (waits::is_late(call, in->deadline)) return is_late(call, in);
  auto* event = static_cast<Event*>(pflow::zeroed(sizeof(Event)));
  event->waiting = {call,
                    pflow::share(in->event),
                    {},
                    PF_WAITS_EVENT,
                    waits::nanoseconds(in->deadline),
                    take_later,
                    nullptr,
                    nullptr,
                    false};
  event->in = in;
  event->out = out;
  return waits::begin(&event->waiting);
}
