#include "frontend/lower/flow/outputs.h"

#include <fmt/format.h>

namespace pflow::lowering {

using ir::SlotId;

namespace {

bool is_direct(const FlowContext& f, const sema::StageInfo& info, const Output& output,
               size_t port) {
  const sema::StageWrite* only = nullptr;
  for (const sema::StageWrite& write : info.writes) {
    if (write.port != static_cast<int>(port)) continue;
    if (only != nullptr) return false;
    only = &write;
  }
  if (only == nullptr) return false;
  const sema::Key& key = f.program.key(only->key);
  // When somebody takes the failure, what the key held before is still there.
  const bool keeps_old = f.builder.unwind().valid() && key.kind != sema::KeyKind::Output;
  return !keeps_old && !key.tested_unset && key.type == output.type;
}

}  // namespace

std::vector<Output> outputs_of(const FlowContext& f, const sema::CallInfo& call) {
  const sema::Callable& callable = f.program.callable(call.callee);
  std::vector<Output> outputs;
  for (size_t i = 0; i < callable.outputs.size(); ++i) {
    const sema::PortInfo& output = callable.outputs[i];
    // The value of a function node and of some flows has no name.
    outputs.push_back(
        {fmt::format("{}.{}", f.module.text(callable.name),
                     output.name.valid() ? f.module.text(output.name) : std::string_view("value")),
         f.module.output_type(call, i)});
  }
  return outputs;
}

std::vector<SlotId> output_slots(FlowContext& f, const sema::StageInfo& info,
                                 const std::vector<Output>& outputs, int out_port) {
  std::vector<SlotId> slots(outputs.size());
  for (size_t port = 0; port < slots.size(); ++port) {
    bool needed = static_cast<int>(port) == out_port;
    for (const sema::StageWrite& write : info.writes) {
      if (write.port != static_cast<int>(port)) continue;
      needed = true;
      if (is_direct(f, info, outputs[port], port)) slots[port] = f.exprs.keys.slot(write.key);
    }
    if (!needed || slots[port].valid()) continue;
    slots[port] = f.builder.slot(outputs[port].name, outputs[port].type);
  }
  return slots;
}

void write_keys(FlowContext& f, const sema::StageInfo& info, const std::vector<Output>& outputs,
                const std::vector<SlotId>& slots) {
  for (const sema::StageWrite& write : info.writes) {
    const auto port = static_cast<size_t>(write.port);
    if (!is_direct(f, info, outputs[port], port))
      f.exprs.keys.store(write.key, f.builder.load(slots[port]));
  }
}

}  // namespace pflow::lowering
