#include "runtime/src/running/children.h"

#include <string.h>

namespace pflow::rt {

void bind_param(pf_frame* child, uint32_t param, const void* value) {
  const pf_frame_slot& slot = child->info->params[param];
  memcpy(slot_in(child, slot), value, slot.type->size);
  if (slot.type->counted) pf_retain_value(value, slot.type);
}

void bind_params(pf_frame* child, uint32_t first, const void* block, BlockLayout layout) {
  const pf_frame_info* info = child->info;
  for (uint32_t i = first; i < info->param_count; ++i)
    bind_param(child, i, static_cast<const char*>(block) + layout.next(info->params[i].type));
}

void move_results(pf_frame* child, void* block) {
  const pf_frame_info* info = child->info;
  BlockLayout layout;
  for (uint32_t i = 0; i < info->result_count; ++i) {
    const pf_frame_slot& slot = info->results[i];
    char* from = slot_in(child, slot);
    memcpy(static_cast<char*>(block) + layout.next(slot.type), from, slot.type->size);
    memset(from, 0, slot.type->size);
  }
}

}  // namespace pflow::rt
