// An event loop of the smallest kind, and the nodes that wait for it.
#include <string.h>

#include "pflow/abi.h"

namespace {
struct TextIn {
  pf_str text;
};
struct TextOut {
  pf_str text;
};

struct Waiting {
  pf_call* call;
  const TextIn* in;
  TextOut* out;
};
Waiting g_waiting[16];
size_t g_count;
bool g_root_done;
pf_status g_root_status;

pf_str twice(pf_str text) {
  char* bytes = nullptr;
  pf_str made = pf_str_new(text.len * 2, &bytes);
  for (size_t i = 0; i < text.len * 2; ++i) bytes[i] = text.data[i % text.len];
  return made;
}

void go_on(pf_frame* frame) {
  pf_status status = frame->info->resume(frame);
  if (status == PF_PENDING) return;
  if (frame->parent) return pf_complete(&frame->parent->call, status);
  g_root_done = true;
  g_root_status = status;
}

pf_status run(pf_frame* root) {
  go_on(root);
  while (!g_root_done && g_count > 0) {
    Waiting next = g_waiting[0];
    memmove(g_waiting, g_waiting + 1, --g_count * sizeof(Waiting));
    next.out->text = twice(next.in->text);
    pf_status status = PF_DONE;
    if (next.in->text.len > 64) status = pf_fail(next.call, PF_E_LIMIT, "too long");
    if (next.in->text.len == 0) pf_choose(next.call, "empty");
    pf_complete(next.call, status);
  }
  return g_root_status;
}
}  // namespace

extern "C" {
const pf_loop_api pf_loop = {run};

void pf_complete(pf_call* call, pf_status status) {
  call->status = status;
  go_on(call->frame);
}

/// Doubles its text: later, or at once when the text begins with `now`.
pf_status pfn_loop_twice(pf_call* call, const TextIn* in, TextOut* out) {
  if (in->text.len >= 3 && memcmp(in->text.data, "now", 3) == 0) {
    out->text = twice(in->text);
    return PF_DONE;
  }
  g_waiting[g_count++] = {call, in, out};
  return PF_PENDING;
}
}
