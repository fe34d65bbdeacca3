#include "runtime/src/running/pull.h"

#include "runtime/src/failures/failure.h"
#include "runtime/src/running/held_output.h"

namespace pflow::rt {
namespace {

void cancel_pull(pf_call* outer) { cancel_frame(&static_cast<Pull*>(outer->state)->frame); }

pf_status resume_pull(pf_frame* frame) {
  auto* pull = reinterpret_cast<Pull*>(frame);
  pf_status status = pull->go_on(pull, frame->call.status);
  if (status == PF_PENDING) {
    pull->outer->cancel = cancel_pull;
  } else if (status == PF_FAILED) {
    set_failure(static_cast<Failure*>(pull->outer->error));
    pull->outer->error = nullptr;
  }
  return status;
}

constexpr pf_frame_info kPullInfo = {.name = "stream", .size = sizeof(Pull), .resume = resume_pull};

}  // namespace

void hand_over_failure(pf_call& inner, pf_call& outer) {
  free_failure(static_cast<Failure*>(outer.error));
  outer.error = inner.error;
  inner.error = nullptr;
}

void end_pull(pf_frame* frame, pf_status status) {
  pf_call* outer = reinterpret_cast<Pull*>(frame)->outer;
  if (status == PF_FAILED) outer->error = take_failure();
  pf_complete(outer, status);
}

void begin_pull(Pull& pull, pf_call* outer) {
  pull.outer = outer;
  pull.frame.info = &kPullInfo;
  pull.frame.ended = end_pull;
  pull.frame.parent = outer->frame;
  pull.frame.depth = outer->frame ? outer->frame->depth : 0;
}

pf_status pull_next(Pull& pull, pf_stream* stream, void* item) {
  pf_call& call = pull.frame.call;
  if (call.error) free_failure(static_cast<Failure*>(call.error));
  call = {.site = pull.outer->site, .frame = &pull.frame};
  return static_cast<pf_status>(pf_stream_next(stream, &call, item));
}

pf_status wait_for(Pull& pull) {
  pull.outer->state = &pull;
  pull.outer->cancel = cancel_pull;
  write_held_output();
  return PF_PENDING;
}

}  // namespace pflow::rt
