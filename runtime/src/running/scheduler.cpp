#include "runtime/src/running/scheduler.h"

#include "runtime/src/cleanup/signals.h"
#include "runtime/src/failures/failure.h"
#include "runtime/src/running/frame.h"
#include "runtime/src/running/ready_queue.h"
#include "runtime/src/running/timers.h"
#include "runtime/src/running/waits.h"
#include "runtime/src/running/watcher.h"

namespace pflow::rt {
namespace {

struct Scheduler {
  ReadyQueue ready;
  pf_frame* root;
  bool cancelling;  ///< a signal came
  bool ended;       ///< the root has
  pf_status status;
  Failure* failure;  ///< of the root
  size_t lingering;
  const Backend* backend;
  bool (*take_signal)();
};
Scheduler g_scheduler;

}  // namespace

const Watcher* g_watcher;

namespace {

/// The pending failure goes to the call that waited for the frame.
void hand_failure_to(pf_call& call) {
  free_failure(static_cast<Failure*>(call.error));
  call.error = take_failure();
}

/// What ends while its flow is cancelled has failed, however it ended.
void end_as_cancelled(pf_call& call) {
  free_failure(static_cast<Failure*>(call.error));
  call.error = nullptr;
  pf_fail(&call, PF_E_CANCELLED, "the flow was cancelled");
  call.status = PF_FAILED;
}

void end_root(pf_status status) {
  g_scheduler.ended = true;
  g_scheduler.status = status;
  g_scheduler.failure = take_failure();
}

/// Resumes the frame of a completed call, and each parent whose child so ends.
void resume_from(pf_call* call) {
  for (pf_frame* frame = call->frame;; frame = frame->parent) {
    if (g_scheduler.cancelling || is_cancelled(frame)) end_as_cancelled(frame->call);
    pf_status status = resume_frame(frame);
    if (status == PF_PENDING) return;
    if (frame->ended) return frame->ended(frame, status);
    if (!frame->parent) return end_root(status);
    pf_call& waiting = frame->parent->call;
    waiting.status = status;
    waiting.cancel = nullptr;
    if (status == PF_FAILED) hand_failure_to(waiting);
  }
}

/// Nothing can wake the flow any more: a node has lost its completion.
void end_stuck(const pf_frame* frame) {
  while (waits_for_child(frame->call)) frame = static_cast<const pf_frame*>(frame->call.state);
  raise(PF_E_INTERNAL, frame->call.site, "this stage waits for nothing that could still happen");
  end_root(PF_FAILED);
}

void cancel_on_signal() {
  if (received_signal() == 0 || g_scheduler.cancelling) return;
  acknowledge_signal();
  if (g_scheduler.take_signal && g_scheduler.take_signal()) return forget_signal();
  g_scheduler.cancelling = true;
  if (!g_scheduler.ended) cancel_frame(g_scheduler.root);
}

/// Resumes what is ready, but comes back now and then to look at the world.
void resume_ready() {
  constexpr int kBatch = 1024;
  for (int left = kBatch; left > 0; --left) {
    pf_call* call = g_scheduler.ready.pop();
    if (!call) return;
    resume_from(call);
  }
}

void run_until_ended(const Backend& backend) {
  while (!g_scheduler.ended || g_scheduler.lingering > 0) {
    resume_ready();
    cancel_on_signal();
    if (g_scheduler.ended && g_scheduler.lingering == 0) return;
    bool fired = fire_timers();
    bool idle = !fired && g_scheduler.ready.empty();
    if (backend.wait(idle) || !g_scheduler.ready.empty()) continue;
    if (received_signal() != 0 && !g_scheduler.cancelling) continue;
    if (g_scheduler.ended) return;
    if (&pf_waits && pf_waits.let_others_pass()) continue;
    if (&pf_waits && pf_waits.stop()) return end_root(PF_FAILED);
    end_stuck(g_scheduler.root);
  }
}

}  // namespace

pf_status run_frames(pf_frame* root, const Backend& backend) {
  backend.start();
  Scheduler& scheduler = g_scheduler;
  scheduler.root = root;
  scheduler.backend = &backend;
  scheduler.cancelling = scheduler.ended = false;
  pass_first_signal_to(backend.wake);
  pf_status status = resume_frame(root);
  if (status != PF_PENDING) end_root(status);
  run_until_ended(backend);
  if (scheduler.failure) set_failure(scheduler.failure);
  scheduler.failure = nullptr;
  scheduler.backend = nullptr;
  acknowledge_signal();
  pass_first_signal_to(nullptr);
  return scheduler.status;
}

void offer_signals_to(bool (*take)()) { g_scheduler.take_signal = take; }

const Backend* current_backend() { return g_scheduler.backend; }

bool is_something_ready() { return !g_scheduler.ready.empty(); }

void linger_begin() { ++g_scheduler.lingering; }
void linger_end() { --g_scheduler.lingering; }

bool is_interrupted() { return received_signal() != 0; }

}  // namespace pflow::rt

void pf_complete(pf_call* call, pf_status status) {
  if (call->step) {
    if (pflow::rt::g_watcher->holds(*call, status)) return;
    pflow::rt::g_watcher->step_ended(*call, status);
  }
  call->status = status;
  call->cancel = nullptr;
  pflow::rt::g_scheduler.ready.push(call);
}
