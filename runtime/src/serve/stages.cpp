#include "runtime/src/serve/stages.h"

#include <string>

#include "runtime/src/recorder/listener.h"
#include "runtime/src/running/above.h"
#include "runtime/src/running/frame.h"
#include "runtime/src/serve/calls.h"

namespace pflow::serve {
namespace {

/// The item of the innermost `each` around it; negative: of none.
int64_t item_around(pf_frame* frame) {
  while (frame) {
    const rt::Above above = rt::above_of(frame);
    if (above.item >= 0) return above.item;
    frame = above.outer;
  }
  return -1;
}

void tell(const rt::Step& step, const char* what) {
  pf_frame* frame = step.call->frame ? step.call->frame : rt::running_frame();
  FlowCall* call = call_of(frame);
  if (!call) return;
  std::string told = step.node->name;
  if (const int64_t item = item_around(frame); item >= 0)
    told += " (item " + std::to_string(item + 1) + ")";
  tell_progress(*call, told + what);
}

void step_began(rt::Step& step, int) { tell(step, ""); }
void step_ended(rt::Step& step, int, pf_status status) {
  tell(step, status == PF_DONE ? ": done" : ": failed");
}

constexpr rt::Listener kStages = {.step_began = step_began, .step_ended = step_ended};

bool g_listens;

}  // namespace

void tell_stages() {
  if (g_listens) return;
  g_listens = true;
  rt::listen(kStages);
}

}  // namespace pflow::serve
