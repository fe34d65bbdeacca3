/// Waiting for the next item of a stream on behalf of a call that waits for more than that.
#pragma once

#include <stddef.h>

#include "pflow/abi.h"
#include "runtime/src/running/frame.h"

namespace pflow::rt {

/// A frame between the two, resumed when the stream has its item. Whoever pulls holds it as long as
/// a pull is pending.
struct Pull {
  pf_frame frame;  ///< first; its call is the one of `next`
  pf_call* outer;
  pf_status (*go_on)(Pull* pull, pf_status next);  ///< from what `next` ended with
};

/// The stream or node that the pull is a member of.
template <typename Owner>
Owner* pull_owner(Pull* pull, size_t offset) {
  return reinterpret_cast<Owner*>(reinterpret_cast<char*>(pull) - offset);
}

/// Before the first pull for the call.
void begin_pull(Pull& pull, pf_call* outer);
/// As pf_stream_next, with the pull's own call.
pf_status pull_next(Pull& pull, pf_stream* stream, void* item);
/// What a pending pull leaves in the outer call; PF_PENDING.
pf_status wait_for(Pull& pull);
/// What the frame's `ended` does: the outer call completes.
void end_pull(pf_frame* frame, pf_status status);
/// A failure moves from the inner call to the outer one.
void hand_over_failure(pf_call& inner, pf_call& outer);

}  // namespace pflow::rt
