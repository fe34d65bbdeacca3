#include "runtime/src/recorder/place.h"

#include "runtime/src/running/above.h"
#include "runtime/src/running/frame.h"
#include "runtime/src/values/buffer.h"

namespace pflow::rt {
namespace {

/// Those of the frames around first. `last` is the id that stands last: a stage under policies is
/// a flow of its own at the same site.
void add_frames(Buffer& out, pf_frame* frame, pf_str& last) {
  if (!frame) return;
  Above above = above_of(frame);
  add_frames(out, above.outer, last);
  const pf_site* site = above.outer ? above.outer->call.site : nullptr;
  pf_str id = site ? view(site->id) : pf_str{};
  if (id.len != 0 && !pf_str_equal(&id, &last)) {
    if (out.size() != 0) out.add(" > ");
    out.add(id);
    last = id;
  }
  if (above.item < 0) return;
  out.add('[');
  out.add_int(above.item);
  out.add(']');
}

/// What cannot wait is called by the frame that runs.
pf_frame* frame_of(const pf_call& call) { return call.frame ? call.frame : running_frame(); }

/// What the innermost frame around it has of this, when that is at least `least`.
int64_t nearest(const pf_call& call, int64_t Above::* what, int64_t least, int64_t otherwise) {
  for (pf_frame* frame = frame_of(call); frame;) {
    const Above above = above_of(frame);
    if (above.*what >= least) return above.*what;
    frame = above.outer;
  }
  return otherwise;
}

}  // namespace

void add_place(Buffer& out, const pf_call& call) {
  pf_str last{};
  add_frames(out, frame_of(call), last);
  pf_str id = call.site ? view(call.site->id) : pf_str{};
  if (id.len == 0 || pf_str_equal(&id, &last)) return;
  if (out.size() != 0) out.add(" > ");
  out.add(id);
}

bool is_within_step(const pf_call& call) {
  for (pf_frame* frame = frame_of(call); frame; frame = above_of(frame).outer)
    if (frame->call.step && frame->call.step != call.step) return true;
  return false;
}

int64_t attempt_of(const pf_call& call) { return nearest(call, &Above::attempt, 1, 1); }

int64_t in_doubt_of(const pf_call& call) { return nearest(call, &Above::in_doubt, 0, -1); }

}  // namespace pflow::rt
