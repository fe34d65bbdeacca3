// Frames of suspending flows, and the depth of calls.
#include "runtime/src/frame.h"

#include <stdlib.h>

#include "runtime/src/failure.h"
#include "runtime/src/memory.h"

namespace {

constexpr uint32_t kMaxDepth = 1000;
uint32_t g_sync_depth;

/// Frames given back, by size in steps of 64 bytes: a loop that calls a flow reuses one.
struct FreeFrame {
  FreeFrame* next;
};
constexpr size_t kStep = 64;
constexpr size_t kSizes = 16;
FreeFrame* g_free[kSizes];

size_t size_class(uint32_t size) { return (size + kStep - 1) / kStep; }

void raise_too_deep(const pf_site* site) {
  pflow::rt::raise(PF_E_LIMIT, site, "flows call each other more than %u deep", kMaxDepth);
}

/// Cancels what the child flow of `call` waits for.
void cancel_child(pf_call* call) { pflow::rt::cancel_frame(static_cast<pf_frame*>(call->state)); }

}  // namespace

namespace pflow::rt {

void cancel_frame(pf_frame* frame) {
  void (*cancel)(pf_call*) = frame->call.cancel;
  if (!cancel) return;
  if (cancel != cancel_child) frame->call.cancel = nullptr;
  cancel(&frame->call);
}

bool waits_for_child(const pf_call& call) { return call.cancel == cancel_child; }

}  // namespace pflow::rt

pf_frame* pf_frame_new(const void* described) {
  const auto* info = static_cast<const pf_frame_info*>(described);
  size_t index = size_class(info->size);
  pf_frame* frame;
  if (index < kSizes && g_free[index]) {
    void* block = g_free[index];
    g_free[index] = g_free[index]->next;
    __builtin_memset(block, 0, info->size);
    frame = static_cast<pf_frame*>(block);
  } else {
    frame = static_cast<pf_frame*>(pflow::rt::allocate_zeroed(index * kStep));
  }
  frame->info = info;
  return frame;
}

int32_t pf_frame_start(pf_frame* child, pf_frame* parent) {
  child->parent = parent;
  child->depth = parent->depth + 1;
  if (child->depth > kMaxDepth) {
    raise_too_deep(parent->call.site);
    return PF_FAILED;
  }
  parent->call.state = child;
  pf_status status = child->info->resume(child);
  if (status == PF_PENDING) parent->call.cancel = cancel_child;
  return status;
}

void pf_frame_free(pf_frame* frame) {
  const pf_frame_info* info = frame->info;
  for (uint32_t i = 0; i < info->slot_count; ++i)
    pf_drop_value(reinterpret_cast<char*>(frame) + info->slots[i].offset, info->slots[i].type);
  pflow::rt::free_failure(static_cast<pflow::rt::Failure*>(frame->call.error));
  size_t index = size_class(info->size);
  if (index >= kSizes) return free(frame);
  auto* block = reinterpret_cast<FreeFrame*>(frame);
  block->next = g_free[index];
  g_free[index] = block;
}

bool pf_enter_flow(const pf_site* site) {
  if (g_sync_depth < kMaxDepth) {
    ++g_sync_depth;
    return false;
  }
  raise_too_deep(site);
  return true;
}

void pf_leave_flow(void) { --g_sync_depth; }
