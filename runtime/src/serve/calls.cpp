#include "runtime/src/serve/calls.h"

#include <string>

#include "pflow/node.hpp"
#include "runtime/src/cleanup/temp_dirs.h"
#include "runtime/src/failures/report.h"
#include "runtime/src/running/above.h"
#include "runtime/src/running/frame.h"
#include "runtime/src/running/wait_host.h"
#include "runtime/src/serve/arguments.h"
#include "runtime/src/serve/flows.h"
#include "runtime/src/serve/results.h"

namespace pflow::serve {

/// One of a list.
struct FlowCall {
  const pf_served* flow;
  Caller* caller;  ///< null: it is gone
  pf_frame* run;   ///< of the flow, then of what pulls its stream; null: it has ended
  FlowCall* next;
  FlowCall* before;
  bool is_starting;  ///< whoever starts it has not got it yet
  bool has_ended;
};

namespace {

FlowCall* g_first;
size_t g_count;
pf_call* g_root;
void (*g_call_ended)();

FlowCall* add_call(const pf_served& flow, Caller& caller) {
  auto* call = make<FlowCall>(FlowCall{&flow, &caller, nullptr, g_first, nullptr, true, false});
  if (g_first) g_first->before = call;
  g_first = call;
  ++g_count;
  return call;
}

void end_call(FlowCall* call) {
  (call->before ? call->before->next : g_first) = call->next;
  if (call->next) call->next->before = call->before;
  --g_count;
  call->has_ended = true;
  if (!call->is_starting) destroy(call);
  g_call_ended();
}

/// Its operator hears of it, too; the caller gets to see less.
void fail_call(FlowCall* call) {
  rt::Failure* failure = rt::take_failure();
  if (!failure)
    failure = rt::new_failure(PF_E_INTERNAL, nullptr, "the flow failed without a message");
  if (failure->kind != PF_E_CANCELLED) rt::print_report(rt::report_of(*failure));
  if (call->caller) call->caller->failed(*failure);
  rt::free_failure(failure);
  end_call(call);
}

// ---- the items of a stream

enum PullState : uint32_t { kNext, kItem, kRoom };

/// The frame that pulls them; behind it room for one.
struct Pull {
  pf_frame frame;
  FlowCall* call;
  pf_stream* stream;
  const pf_frame* ended;  ///< the run that gave the stream, for its results
};

void* item_of(Pull& pull) { return &pull + 1; }

pf_status next_item(Pull& pull) {
  pf_call& waits = pull.frame.call;
  waits = {};
  waits.frame = &pull.frame;
  pull.frame.state = kItem;
  return static_cast<pf_status>(pf_stream_next(pull.stream, &waits, item_of(pull)));
}

/// Whether there is room for another.
bool give_item(Pull& pull) {
  const pf_type* type = pull.stream->item;
  const bool more = !pull.call->caller || pull.call->caller->take(json_of(item_of(pull), type));
  pf_drop_value(item_of(pull), type);
  memset(item_of(pull), 0, type->size);
  return more;
}

/// A wait for room ends when it is cancelled.
void cancel_room(pf_call* waits) { pf_complete(waits, PF_FAILED); }

pf_status resume_pull(pf_frame* frame) {
  auto& pull = *reinterpret_cast<Pull*>(frame);
  pf_status status = frame->state == kItem ? frame->call.status : PF_DONE;
  if (frame->state == kRoom && frame->call.status == PF_FAILED) status = PF_FAILED;
  bool has_item = frame->state == kItem;
  for (;;) {
    if (status == PF_FAILED) pf_raise_call(&frame->call);
    if (status == PF_FAILED || status == PF_PENDING) return status;
    if (status == PF_END) return PF_DONE;
    if (has_item && !give_item(pull)) {
      frame->call = {};
      frame->call.frame = frame;
      frame->call.cancel = cancel_room;
      frame->state = kRoom;
      return PF_PENDING;
    }
    status = next_item(pull);
    has_item = true;
  }
}

constexpr pf_frame_info kPullInfo = {.name = "items", .size = sizeof(Pull), .resume = resume_pull};

void pull_ended(pf_frame* frame, pf_status status) {
  auto& pull = *reinterpret_cast<Pull*>(frame);
  const pf_type* type = pull.stream->item;
  FlowCall* call = pull.call;
  const size_t extra = type->size;
  const pf_type stream = {.kind = PF_STREAM,
                          .size = sizeof(pf_stream*),
                          .align = alignof(void*),
                          .counted = 1,
                          .name = "stream",
                          .element = type};
  pf_drop_value(item_of(pull), type);
  pf_drop_value(&pull.stream, &stream);
  call->run = nullptr;
  rt::remove_temp_dirs_of(call);
  if (status == PF_DONE && call->caller) call->caller->done(*frame);
  rt::free_frame(frame, extra);
  if (status == PF_DONE)
    end_call(call);
  else
    fail_call(call);
}

/// The stream is taken out of the run, whose frame goes.
void pull_stream(FlowCall* call, pf_frame* run) {
  char* slot = reinterpret_cast<char*>(run) + run->info->results[0].offset;
  auto* stream = *reinterpret_cast<pf_stream**>(slot);
  *reinterpret_cast<pf_stream**>(slot) = nullptr;
  pf_frame* frame = rt::new_frame(&kPullInfo, stream->item->size);
  auto& pull = *reinterpret_cast<Pull*>(frame);
  pull.call = call;
  pull.stream = stream;
  frame->parent = g_root->frame;
  frame->ended = pull_ended;
  call->run = frame;
  const pf_status status = rt::start_frame(frame, frame->parent, 1, nullptr);
  if (status != PF_PENDING) pull_ended(frame, status);
}

void run_ended(void* user, pf_frame* run, pf_status status) {
  auto* call = static_cast<FlowCall*>(user);
  call->run = nullptr;
  const bool goes_on = status == PF_DONE && stream_item(*call->flow) && call->caller;
  if (goes_on) return pull_stream(call, run);
  rt::remove_temp_dirs_of(call);  // who hears of the end finds none
  if (status != PF_DONE) return fail_call(call);
  if (call->caller) call->caller->done(*run);
  end_call(call);
}

}  // namespace

void host_calls(pf_call& root, void (*call_ended)()) {
  g_root = &root;
  g_call_ended = call_ended;
  rt::own_temp_dirs([]() -> const void* { return call_of(rt::running_frame()); });
}

FlowCall* start_call(const pf_served& flow, const Arguments& arguments, Caller& caller) {
  FlowCall* call = add_call(flow, caller);
  pf_frame* run = pf_tool_start(g_root, flow.tool, arguments.block(), run_ended, call);
  call->is_starting = false;
  if (call->has_ended) {
    destroy(call);
    return nullptr;
  }
  if (run) call->run = run;
  return call;
}

void take_more(FlowCall& call) {
  pf_frame* frame = call.run;
  if (frame && frame->info == &kPullInfo && frame->state == kRoom && frame->call.cancel)
    pf_complete(&frame->call, PF_DONE);
}

void cancel_call(FlowCall& call) {
  if (call.run) rt::cancel_frame(call.run);
}

void leave_call(FlowCall& call) {
  call.caller = nullptr;
  cancel_call(call);
}

size_t calls_in_flight() { return g_count; }

void cancel_all_calls() {
  for (FlowCall* call = g_first; call; call = call->next) cancel_call(*call);
}

FlowCall* call_of(pf_frame* frame) {
  const pf_frame* root = g_root->frame;
  while (frame && rt::above_of(frame).outer != root) frame = rt::above_of(frame).outer;
  if (!frame) return nullptr;
  for (FlowCall* call = g_first; call; call = call->next)
    if (call->run == frame) return call;
  // Its start has not come back yet: the newest is the one that runs.
  for (FlowCall* call = g_first; call; call = call->next)
    if (call->is_starting && !call->run) return call;
  return nullptr;
}

Caller* caller_of(const FlowCall& call) { return call.caller; }

void tell_progress(FlowCall& call, std::string_view what) {
  if (call.caller) call.caller->progressed(what);
}

void host_waits_of_calls() {
  static constexpr rt::WaitHost kHost = {[](pf_waiting& waiting) {
                                           FlowCall* call = call_of(waiting.call->frame);
                                           return call && call->caller &&
                                                  call->caller->waits(*call, waiting);
                                         },
                                         [](pf_waiting& waiting) {
                                           const FlowCall* call = call_of(waiting.call->frame);
                                           if (call && call->caller)
                                             call->caller->waits_no_more(waiting);
                                         }};
  rt::host_waits(kHost);
}

}  // namespace pflow::serve
