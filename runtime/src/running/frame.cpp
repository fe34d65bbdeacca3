// Frames of suspending flows, and the depth of calls.
#include "runtime/src/running/frame.h"

#include <stdlib.h>

#include "runtime/src/failures/failure.h"
#include "runtime/src/values/memory.h"

namespace {

constexpr uint32_t kMaxDepth = 1000;
constexpr uint32_t kCancelled = 1u << 31;  // in pf_frame.depth
uint32_t g_sync_depth;
pf_frame* g_running;

/// Frames given back, by size in steps of 32 bytes: a loop that calls a flow reuses one.
struct FreeFrame {
  FreeFrame* next;
};
constexpr size_t kStep = 32;
constexpr size_t kSizes = 32;
FreeFrame* g_free[kSizes];

size_t size_class(size_t size) { return (size + kStep - 1) / kStep; }

void raise_too_deep(const pf_site* site) {
  pflow::rt::raise(PF_E_LIMIT, site, "flows call each other more than %u deep", kMaxDepth);
}

/// Cancels what the child flow of `call` waits for.
void cancel_child(pf_call* call) { pflow::rt::cancel_frame(static_cast<pf_frame*>(call->state)); }

}  // namespace

namespace pflow::rt {

void cancel_frame(pf_frame* frame) {
  frame->depth |= kCancelled;
  void (*cancel)(pf_call*) = frame->call.cancel;
  if (!cancel) return;
  if (cancel != cancel_child) frame->call.cancel = nullptr;
  cancel(&frame->call);
}

bool is_cancelled(const pf_frame* frame) { return (frame->depth & kCancelled) != 0; }

bool waits_for_child(const pf_call& call) { return call.cancel == cancel_child; }

pf_frame* new_frame(const pf_frame_info* info, size_t extra) {
  size_t size = info->size + extra;
  size_t index = size_class(size);
  pf_frame* frame;
  if (index < kSizes && g_free[index]) {
    void* block = g_free[index];
    g_free[index] = g_free[index]->next;
    __builtin_memset(block, 0, size);
    frame = static_cast<pf_frame*>(block);
  } else {
    frame = static_cast<pf_frame*>(allocate_zeroed(index * kStep));
  }
  frame->info = info;
  return frame;
}

void free_frame(pf_frame* frame, size_t extra) {
  const pf_frame_info* info = frame->info;
  for (uint32_t i = 0; i < info->slot_count; ++i)
    pf_drop_value(reinterpret_cast<char*>(frame) + info->slots[i].offset, info->slots[i].type);
  free_failure(static_cast<Failure*>(frame->call.error));
  size_t index = size_class(info->size + extra);
  if (index >= kSizes) return free(frame);
  auto* block = reinterpret_cast<FreeFrame*>(frame);
  block->next = g_free[index];
  g_free[index] = block;
}

pf_frame* running_frame() { return g_running; }

pf_status resume_frame(pf_frame* frame) {
  pf_frame* before = g_running;
  g_running = frame;
  pf_status status = frame->info->resume(frame);
  g_running = before;
  return status;
}

pf_status start_frame(pf_frame* child, const pf_frame* caller, uint32_t levels,
                      const pf_site* site) {
  child->depth = (caller ? caller->depth & ~kCancelled : 0) + levels;
  if (child->depth > kMaxDepth) {
    raise_too_deep(site);
    return PF_FAILED;
  }
  if (static_cast<const char*>(__builtin_frame_address(0)) >= pf_stack_limit)
    return resume_frame(child);
  pf_raise_depth(site);
  return PF_FAILED;
}

}  // namespace pflow::rt

pf_frame* pf_frame_new(const void* info) {
  return pflow::rt::new_frame(static_cast<const pf_frame_info*>(info), 0);
}

int32_t pf_frame_start(pf_frame* child, pf_frame* parent) {
  child->parent = parent;
  parent->call.state = child;
  pf_status status = pflow::rt::start_frame(child, parent, 1, parent->call.site);
  if (status == PF_PENDING) parent->call.cancel = cancel_child;
  return status;
}

void pf_frame_free(pf_frame* frame) { pflow::rt::free_frame(frame, 0); }

bool pf_enter_flow(const pf_site* site) {
  if (g_sync_depth < kMaxDepth) {
    ++g_sync_depth;
    return false;
  }
  raise_too_deep(site);
  return true;
}

void pf_leave_flow(void) { --g_sync_depth; }
