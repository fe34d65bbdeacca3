/// Frames, as the scheduler and those who start children see them.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

/// Tells what `frame` waits for, however deep, to stop; that still completes. From here
/// on whatever the frame waits for has failed, which no transition can catch.
void cancel_frame(pf_frame* frame);
[[nodiscard]] bool is_cancelled(const pf_frame* frame);

/// Whether a pending call waits for a child frame, which its `state` then is.
[[nodiscard]] bool waits_for_child(const pf_call& call);

/// A zeroed frame with room for `extra` bytes more behind it.
[[nodiscard]] pf_frame* new_frame(const pf_frame_info* info, size_t extra);
void free_frame(pf_frame* frame, size_t extra);

/// Runs a new child until it waits or has ended; a failure is then pending. It is `levels` deeper
/// than its caller, which may be null, and fails where that is too deep.
[[nodiscard]] pf_status start_frame(pf_frame* child, const pf_frame* caller, uint32_t levels,
                                    const pf_site* site);
/// The same for one that has waited.
pf_status resume_frame(pf_frame* frame);
/// Whose flow runs now; null: none does.
[[nodiscard]] pf_frame* running_frame();

}  // namespace pflow::rt
