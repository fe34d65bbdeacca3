// Where the outputs of a stage go.
#include "frontend/lower/flow/flow_lowering.h"

namespace pflow {

using ir::SlotId;

bool FlowLowering::is_direct(const sema::StageInfo& info, const Output& output, size_t port) const {
  const sema::StageWrite* only = nullptr;
  for (const sema::StageWrite& write : info.writes) {
    if (write.port != static_cast<int>(port)) continue;
    if (only != nullptr) return false;
    only = &write;
  }
  if (only == nullptr) return false;
  const sema::Key& key = program_.key(only->key);
  // When somebody takes the failure, what the key held before is still there.
  const bool keeps_old = builder_.unwind().valid() && key.kind != sema::KeyKind::Output;
  return !keeps_old && !key.tested_unset && key.type == output.type;
}

std::vector<SlotId> FlowLowering::output_slots(const sema::StageInfo& info,
                                               const std::vector<Output>& outputs, int out_port) {
  std::vector<SlotId> slots(outputs.size());
  for (size_t port = 0; port < slots.size(); ++port) {
    bool needed = static_cast<int>(port) == out_port;
    for (const sema::StageWrite& write : info.writes) {
      if (write.port != static_cast<int>(port)) continue;
      needed = true;
      if (is_direct(info, outputs[port], port)) slots[port] = expressions_.slot(write.key);
    }
    if (!needed || slots[port].valid()) continue;
    slots[port] = builder_.slot(outputs[port].name, outputs[port].type);
  }
  return slots;
}

void FlowLowering::write_keys(const sema::StageInfo& info, const std::vector<Output>& outputs,
                              const std::vector<SlotId>& slots) {
  for (const sema::StageWrite& write : info.writes) {
    const auto port = static_cast<size_t>(write.port);
    if (!is_direct(info, outputs[port], port))
      expressions_.store(write.key, builder_.load(slots[port]));
  }
}

}  // namespace pflow
