// Where the outputs of a stage go.
#include "frontend/lower/flow_lowering.h"

namespace pflow {

using ir::SlotId;
using ir::ValueId;

bool FlowLowering::is_direct(const sema::StageInfo& info, const sema::Callable& callable,
                             size_t port) const {
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
  return !keeps_old && !key.tested_unset && key.type == callable.outputs[port].type;
}

std::vector<SlotId> FlowLowering::output_slots(const sema::StageInfo& info,
                                               const sema::Callable& callable) {
  std::vector<SlotId> slots(callable.outputs.size());
  const std::string node(module_.text(callable.name));
  for (size_t port = 0; port < slots.size(); ++port) {
    bool needed = static_cast<int>(port) == callable.out_port;
    for (const sema::StageWrite& write : info.writes) {
      if (write.port != static_cast<int>(port)) continue;
      needed = true;
      if (is_direct(info, callable, port)) slots[port] = expressions_.slot(write.key);
    }
    if (!needed || slots[port].valid()) continue;
    const sema::PortInfo& output = callable.outputs[port];
    // The value of a function node and of some flows has no name.
    const std::string name(output.name.valid() ? module_.text(output.name) : "value");
    slots[port] = builder_.slot(node + "." + name, output.type);
  }
  return slots;
}

void FlowLowering::write_keys(const sema::StageInfo& info, const sema::Callable& callable,
                              const std::vector<SlotId>& slots) {
  for (const sema::StageWrite& write : info.writes) {
    const auto port = static_cast<size_t>(write.port);
    if (!is_direct(info, callable, port)) expressions_.store(write.key, builder_.load(slots[port]));
  }
}

}  // namespace pflow
