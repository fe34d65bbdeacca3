#include "runtime/src/serve/server.h"

#include "pflow/loop.h"
#include "pflow/timer.h"
#include "runtime/src/cleanup/signals.h"
#include "runtime/src/failures/failure.h"
#include "runtime/src/running/frame.h"
#include "runtime/src/running/scheduler.h"
#include "runtime/src/serve/calls.h"
#include "runtime/src/serve/served_run.h"
#include "runtime/src/serve/settings.h"

namespace pflow::serve {
namespace {

constexpr int kUsage = 2;
constexpr int kSignal = 128;

struct Life {
  pf_frame root;
  Front* front;
  pf_timer grace;
  bool draining;
  bool ended;
  int code;
};
Life g_life;

/// A second signal: nothing more is waited for.
void cancel_root(pf_call*) {
  g_life.draining = true;
  cancel_all_calls();
  g_life.front->close();
  server_looks();
}

pf_status resume_root(pf_frame* root) {
  if (root->state == 1) {
    if (root->call.status == PF_FAILED) pf_raise_call(&root->call);
    return root->call.status;
  }
  root->state = 1;
  root->call.frame = root;
  root->call.cancel = cancel_root;
  if (g_life.front->open()) return PF_PENDING;
  g_life.code = kUsage;
  return PF_DONE;
}

constexpr pf_frame_info kRootInfo = {
    .name = "serve", .size = sizeof(pf_frame), .resume = resume_root};

/// What is still running has had its time.
void grace_is_over(pf_timer*) {
  cancel_all_calls();
  g_life.front->close();
  server_looks();
}

bool take_signal() {
  if (g_life.draining || !g_life.front->ends_gracefully()) return false;
  drain_server();
  return true;
}

}  // namespace

int run_server(Front& front) {
  g_life.front = &front;
  g_life.root.info = &kRootInfo;
  host_calls(g_life.root.call, server_looks);
  rt::offer_signals_to(take_signal);
  (void)pf_loop.run(&g_life.root);
  rt::offer_signals_to(nullptr);
  pf_timer_stop(&g_life.grace);
  rt::free_failure(rt::take_failure());
  const int signal = rt::received_signal();
  return signal != 0 ? kSignal + signal : g_life.code;
}

void drain_server() {
  if (g_life.draining) return;
  g_life.draining = true;
  pf_timer_start(&g_life.grace, settings().grace, grace_is_over);
  g_life.front->drain();
  ServedRun::cancel_waiting();
  server_looks();
}

bool is_draining() { return g_life.draining; }

void server_looks() {
  if (!g_life.draining || g_life.ended) return;
  if (calls_in_flight() != 0 || !g_life.front->is_closed()) return;
  g_life.ended = true;
  pf_complete(&g_life.root.call, PF_DONE);
}

}  // namespace pflow::serve
