// The event loop under the frames: libuv runs, completed calls queue up, their
// frames are resumed from here and from nowhere else.
#include "pflow/loop.h"

#include <stdlib.h>

#include "runtime/src/failure.h"
#include "runtime/src/frame.h"
#include "runtime/src/loop/ready_queue.h"
#include "runtime/src/signals.h"

namespace pflow::rt {
namespace {

struct Loop {
  uv_loop_t uv;
  uv_async_t wake;  ///< a signal came
  bool started;
  ReadyQueue ready;
  pf_frame* root;
  bool cancelling;
};
Loop g_loop;

/// In the signal handler.
void wake_loop() { uv_async_send(&g_loop.wake); }

void cancel_root(uv_async_t*) {
  if (received_signal() == 0 || g_loop.cancelling || !g_loop.root) return;
  acknowledge_signal();
  g_loop.cancelling = true;
  cancel_frame(g_loop.root);
}

void start_loop() {
  if (g_loop.started) return;
  g_loop.started = true;
  if (uv_loop_init(&g_loop.uv) != 0 || uv_async_init(&g_loop.uv, &g_loop.wake, cancel_root) != 0)
    abort();
  uv_unref(reinterpret_cast<uv_handle_t*>(&g_loop.wake));
}

/// The pending failure goes to the call that waited for the frame.
void hand_failure_to(pf_call& call) {
  free_failure(static_cast<Failure*>(call.error));
  call.error = take_failure();
}

/// What ends while the program is cancelled has failed, however it ended.
void end_as_cancelled(pf_call& call) {
  free_failure(static_cast<Failure*>(call.error));
  call.error = nullptr;
  pf_fail(&call, PF_E_CANCELLED, "the flow was cancelled");
  call.status = PF_FAILED;
}

/// Resumes the frame of a completed call, and each parent whose child so ends.
/// PF_PENDING unless the root has ended.
pf_status resume_from(pf_call* call) {
  if (g_loop.cancelling) end_as_cancelled(*call);
  for (pf_frame* frame = call->frame;; frame = frame->parent) {
    pf_status status = frame->info->resume(frame);
    if (status == PF_PENDING || !frame->parent) return status;
    pf_call& waiting = frame->parent->call;
    waiting.status = status;
    waiting.cancel = nullptr;
    if (status == PF_FAILED) hand_failure_to(waiting);
  }
}

/// Nothing can wake the flow any more: a node has lost its completion.
pf_status raise_stuck(const pf_frame* frame) {
  while (waits_for_child(frame->call)) frame = static_cast<const pf_frame*>(frame->call.state);
  raise(PF_E_INTERNAL, frame->call.site, "this stage waits for nothing that could still happen");
  return PF_FAILED;
}

pf_status run_until_done(pf_frame* root) {
  for (;;) {
    while (pf_call* call = g_loop.ready.pop()) {
      pf_status status = resume_from(call);
      if (status != PF_PENDING) return status;
    }
    bool alive = uv_run(&g_loop.uv, UV_RUN_ONCE) != 0;
    if (!alive && g_loop.ready.empty()) return raise_stuck(root);
  }
}

pf_status run(pf_frame* root) {
  start_loop();
  g_loop.root = root;
  g_loop.cancelling = false;
  pass_first_signal_to(wake_loop);
  pf_status status = root->info->resume(root);
  if (status == PF_PENDING) status = run_until_done(root);
  g_loop.root = nullptr;
  acknowledge_signal();
  pass_first_signal_to(nullptr);
  return status;
}

}  // namespace
}  // namespace pflow::rt

const pf_loop_api pf_loop = {pflow::rt::run};

uv_loop_t* pf_loop_uv(void) {
  pflow::rt::start_loop();
  return &pflow::rt::g_loop.uv;
}

void pf_complete(pf_call* call, pf_status status) {
  call->status = status;
  call->cancel = nullptr;
  pflow::rt::g_loop.ready.push(call);
}
