/// Calls of flows that are in flight. Each is a run with its own values, below the root frame.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "pflow/serve.h"
#include "pflow/waiting.h"
#include "runtime/src/failures/failure.h"

namespace pflow::serve {

class Arguments;
struct FlowCall;

/// Who has called. Each call ends with one of `done` and `failed`, perhaps before `start_call` has
/// returned, unless it was left.
class Caller {
 public:
  virtual ~Caller() = default;
  /// The results lie in `run`, for this call. Of a stream its items have been given before.
  virtual void done(const pf_frame& run) = 0;
  virtual void failed(const rt::Failure& failure) = 0;
  /// An item of a stream, as JSON. False: no further one before `take_more`.
  virtual bool take(std::string_view item) = 0;
  /// A stage of the flow begins or has ended, as `what` says.
  virtual void progressed(std::string_view what) { (void)what; }
  /// The call waits for what others give. False: the caller knows nobody who could.
  virtual bool waits(FlowCall& call, pf_waiting& waiting) {
    (void)call, (void)waiting;
    return false;
  }
  /// It waits for it no more.
  virtual void waits_no_more(const pf_waiting& waiting) { (void)waiting; }
};

/// Who calls hears of waits from here on.
void host_waits_of_calls();

/// Before the first: `root` is the call of the frame for which all run, and `call_ended` hears of
/// each end.
void host_calls(pf_call& root, void (*call_ended)());

/// Null: it has ended.
FlowCall* start_call(const pf_served& flow, const Arguments& arguments, Caller& caller);
/// The caller, which has refused an item, has room again.
void take_more(FlowCall& call);
/// It ends soon, with a failure.
void cancel_call(FlowCall& call);
/// The same, and its caller, who is gone, hears nothing of it.
void leave_call(FlowCall& call);

[[nodiscard]] size_t calls_in_flight();
void cancel_all_calls();

/// Which call the frame is part of; null: of none.
[[nodiscard]] FlowCall* call_of(pf_frame* frame);
/// Null: it is gone.
[[nodiscard]] Caller* caller_of(const FlowCall& call);
/// Its caller hears of a stage.
void tell_progress(FlowCall& call, std::string_view what);

}  // namespace pflow::serve
