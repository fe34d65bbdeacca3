// A node that waits for time, and an event loop that has nothing but time.
#include <stddef.h>
#include <string.h>

#include "pflow/abi.h"
#include "pflow/timer.h"

namespace {
struct TextIn {
  pf_str text;
};
struct TextOut {
  pf_str text;
};

struct Waiting {
  pf_timer timer;
  pf_call* call;
  const TextIn* in;
  TextOut* out;
  bool cancelled;
};
Waiting g_waiting[64];

Waiting* free_place() {
  Waiting* place = g_waiting;
  while (place->call) ++place;
  return place;
}

pf_str twice(pf_str text) {
  char* bytes = nullptr;
  pf_str made = pf_str_new(text.len * 2, &bytes);
  for (size_t i = 0; i < text.len * 2; ++i) bytes[i] = text.data[i % text.len];
  return made;
}

void go_on(pf_timer* timer) {
  auto* place = reinterpret_cast<Waiting*>(timer);
  Waiting held = *place;
  *place = {};
  pf_status status = PF_DONE;
  if (held.cancelled)
    status = pf_fail(held.call, PF_E_CANCELLED, "cancelled");
  else
    held.out->text = twice(held.in->text);
  if (held.in->text.len > 64) status = pf_fail(held.call, PF_E_LIMIT, "too long");
  if (held.in->text.len > 0 && held.in->text.data[0] == '!')
    status = pf_fail(held.call, PF_E_IO, "refused");
  if (held.in->text.len == 0) pf_choose(held.call, "empty");
  pf_complete(held.call, status);
}

void cancel(pf_call* call) {
  auto* place = static_cast<Waiting*>(call->state);
  place->cancelled = true;
  pf_timer_start(&place->timer, 0, go_on);
}
}  // namespace

extern "C" {
const pf_loop_api pf_loop = {[](pf_frame* root) { return pf_sync_loop.run(root); }};

/// Doubles its text: later, or at once when the text begins with `now`. Refuses one
/// that begins with `!` and one of more than 64 bytes.
pf_status pfn_loop_twice(pf_call* call, const TextIn* in, TextOut* out) {
  if (in->text.len >= 3 && memcmp(in->text.data, "now", 3) == 0) {
    out->text = twice(in->text);
    return PF_DONE;
  }
  Waiting* place = free_place();
  *place = {{}, call, in, out, false};
  call->state = place;
  call->cancel = cancel;
  pf_timer_start(&place->timer, 1000, go_on);
  return PF_PENDING;
}
}
