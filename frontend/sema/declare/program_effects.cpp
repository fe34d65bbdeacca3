#include "frontend/sema/declare/program_effects.h"

#include "frontend/sema/calls/call_graph.h"

namespace pflow::sema {

std::vector<uint16_t> program_effects(const Program& program) {
  size_t count = program.callables.size();
  std::vector<uint16_t> effects(count);
  std::vector<std::vector<uint32_t>> callers(count);
  std::vector<uint32_t> work;
  for (uint32_t id = 0; id < count; ++id) {
    effects[id] = program.callables[id].attributes.effects;
    if (effects[id] != 0) work.push_back(id);
    for (CallableId callee : callees_of(program, CallableId(id)))
      callers[callee.index].push_back(id);
  }
  while (!work.empty()) {
    uint32_t callee = work.back();
    work.pop_back();
    for (uint32_t caller : callers[callee]) {
      uint16_t both = effects[caller] | effects[callee];
      if (both == effects[caller]) continue;
      effects[caller] = both;
      work.push_back(caller);
    }
  }
  return effects;
}

}  // namespace pflow::sema
