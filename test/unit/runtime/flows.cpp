#include "test/unit/runtime/flows.h"

#include <cstddef>
#include <cstdlib>
#include <utility>

#include "pflow/batch.h"
#include "pflow/timer.h"
#include "runtime/src/running/frame.h"
#include "runtime/src/running/timers.h"

namespace flows {
namespace {

int64_t g_starts, g_waiting, g_most;

struct Frame {
  pf_frame head;
  int64_t item;
  pf_str prefix;
  pf_str result;
  pf_timer timer;
  Act act;
  pf_gathered gathered;
};
const pf_frame_slot kSlots[] = {{&values::kStr, offsetof(Frame, prefix), "prefix"},
                                {&values::kStr, offsetof(Frame, result), "result"}};
const pf_frame_slot kParams[] = {{&values::kInt, offsetof(Frame, item), "item"},
                                 {&values::kStr, offsetof(Frame, prefix), "prefix"}};
const pf_frame_slot kResults[] = {{&values::kStr, offsetof(Frame, result), "result"}};

Frame* of(pf_frame* frame) { return reinterpret_cast<Frame*>(frame); }

void note(const char* what, pf_frame* frame) {
  log.push_back(what + std::string(" ") + std::to_string(of(frame)->item));
}

void begin_call(pf_frame* frame) {
  frame->call = {};
  frame->call.site = &values::kSite;
  frame->call.frame = frame;
}

pf_status end_node(pf_frame* frame) {
  const Act& act = of(frame)->act;
  if (!act.fails) return PF_DONE;
  pf_fail(&frame->call, act.kind, "%s", act.fails);
  pf_fail_status(&frame->call, act.status, act.retry_after < 0 ? -1 : act.retry_after * kSecond);
  if (act.once) pf_fail_once(&frame->call);
  return PF_FAILED;
}

pf_status gather(pf_frame* frame);

pf_status start_node(pf_frame* frame) {
  if (std::exchange(of(frame)->act.gathers, false)) return gather(frame);
  if (of(frame)->act.seconds == 0) return end_node(frame);
  if (++g_waiting > g_most) g_most = g_waiting;
  pf_timer_start(&of(frame)->timer, of(frame)->act.seconds * kSecond, [](pf_timer* timer) {
    auto* waiting =
        reinterpret_cast<pf_frame*>(reinterpret_cast<char*>(timer) - offsetof(Frame, timer));
    --g_waiting;
    pf_complete(&waiting->call, end_node(waiting));
  });
  frame->call.cancel = [](pf_call* call) {
    note("cancel", call->frame);
    --g_waiting;
    pf_timer_stop(&of(call->frame)->timer);
    pf_complete(call, PF_DONE);
  };
  return PF_PENDING;
}

void gathered(pf_gathered* first) {
  std::vector<pf_frame*> frames;
  for (; first; first = first->next) frames.push_back(first->call->frame);
  log.push_back("gathered " + std::to_string(frames.size()));
  for (pf_frame* frame : frames)
    if (pf_status status = start_node(frame); status != PF_PENDING)
      pf_complete(&frame->call, status);
}

pf_status gather(pf_frame* frame) {
  if (!pf_gathers(&frame->call)) return start_node(frame);
  of(frame)->gathered = {&frame->call, gathered, nullptr, nullptr, nullptr};
  frame->call.cancel = [](pf_call* call) {
    note("cancel", call->frame);
    pf_gather_leave(&of(call->frame)->gathered);
    pf_complete(call, PF_DONE);
  };
  pf_gather(&of(frame)->gathered);
  return PF_PENDING;
}

pf_status finish(pf_frame* frame, pf_status status, bool has_result) {
  if (status == PF_FAILED) {
    pf_raise_call(&frame->call);
    return PF_FAILED;
  }
  note("end", frame);
  if (has_result)
    of(frame)->result = values::owned(std::string(values::view(of(frame)->prefix)) +
                                      std::to_string(of(frame)->item));
  return PF_DONE;
}

pf_status resume(pf_frame* frame) {
  pf_status status = frame->call.status;
  if (frame->state == 0) {
    frame->state = 1;
    ++g_starts;
    note("start", frame);
    begin_call(frame);
    of(frame)->act = script ? script(of(frame)->item) : Act{};
    status = start_node(frame);
    if (status == PF_PENDING) return status;
  }
  return finish(frame, status, frame->info->result_count != 0);
}

std::function<int32_t(pf_frame*)> g_start;

pf_status resume_root(pf_frame* frame) {
  pf_status status = frame->call.status;
  if (frame->state == 0) {
    frame->state = 1;
    begin_call(frame);
    status = static_cast<pf_status>(g_start(frame));
    if (status == PF_PENDING) return status;
  }
  if (status == PF_FAILED) pf_raise_call(&frame->call);
  return status;
}
const pf_frame_info kRoot = {.name = "main", .size = sizeof(pf_frame), .resume = resume_root};

pf_frame* g_root;

}  // namespace

const pf_frame_info kFlow = {.name = "flow",
                             .size = sizeof(Frame),
                             .slot_count = 2,
                             .slots = kSlots,
                             .resume = resume,
                             .param_count = 2,
                             .result_count = 1,
                             .params = kParams,
                             .results = kResults};
const pf_frame_info kSilentFlow = {.name = "flow",
                                   .size = sizeof(Frame),
                                   .slot_count = 2,
                                   .slots = kSlots,
                                   .resume = resume,
                                   .param_count = 2,
                                   .params = kParams};

Ended run(std::function<int32_t(pf_frame*)> start) {
  pflow::rt::use_virtual_time();
  g_start = std::move(start);
  log.clear();
  g_starts = g_waiting = g_most = 0;
  int64_t before = pf_clock();
  g_root = pf_frame_new(&kRoot);
  Ended ended;
  ended.failed = pf_sync_loop.run(g_root) == PF_FAILED;
  ended.seconds = (pf_clock() - before) / kSecond;
  if (ended.failed) ended.failure = values::take_failure();
  pf_frame_free(g_root);
  return ended;
}

Ended run_cancelled(std::function<int32_t(pf_frame*)> start, int64_t after) {
  pf_timer signal = {};
  pflow::rt::use_virtual_time();
  pf_timer_start(&signal, after * kSecond, [](pf_timer*) { pflow::rt::cancel_frame(g_root); });
  Ended ended = run(std::move(start));
  pf_timer_stop(&signal);
  return ended;
}

int64_t starts() { return g_starts; }
int64_t most_waiting() { return g_most; }

}  // namespace flows
