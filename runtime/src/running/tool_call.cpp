// pf_tool_start: a tool is a frame below that of the call which uses it.
#include "runtime/src/failures/failure.h"
#include "runtime/src/running/children.h"
#include "runtime/src/running/frame.h"

namespace pflow::rt {
namespace {

/// Behind the frame of a tool: who hears of its end.
struct Listener {
  pf_tool_ended ended;
  void* user;
};
constexpr size_t kExtra = kRoomFor<Listener>;

void tool_ended(pf_frame* run, pf_status status) {
  const Listener listener = *record_of<Listener>(run);
  listener.ended(listener.user, run, status);
  free_frame(run, kExtra);
}

}  // namespace
}  // namespace pflow::rt

pf_frame* pf_tool_start(pf_call* call, const pf_tool* tool, const void* arguments,
                        pf_tool_ended ended, void* user) {
  using namespace pflow::rt;
  pf_frame* run = new_frame(tool->flow, kExtra);
  *record_of<Listener>(run) = {ended, user};
  run->parent = call->frame;
  run->ended = tool_ended;
  bind_params(run, 0, arguments, {});
  pf_status status = start_frame(run, call->frame, 1, call->site);
  if (status == PF_PENDING) return run;
  tool_ended(run, status);
  return nullptr;
}

pf_status pf_fail_pending(pf_call* call) {
  pflow::rt::give_failure(call, pflow::rt::take_failure());
  return PF_FAILED;
}

void pf_tool_cancel(pf_frame* run) { pflow::rt::cancel_frame(run); }
