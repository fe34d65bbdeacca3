#include "runtime/src/running/wait_host.h"

#include "runtime/src/running/above.h"
#include "runtime/src/running/waits.h"

namespace pflow::rt {
namespace {

const WaitHost* g_host;

}  // namespace

void host_waits(const WaitHost& host) { g_host = &host; }
const WaitHost* wait_host() { return g_host; }

void let_pass(pf_waiting& waiting) {
  if (waiting.lets_pass) return;
  waiting.lets_pass = true;
  for (pf_frame* frame = waiting.call->frame; frame; frame = above_of(frame).outer) {
    each_lets_pass(frame);
    stream_each_lets_pass(frame);
  }
}

}  // namespace pflow::rt
