#include "frontend/lower/expr/key_slots.h"

#include <algorithm>

#include "frontend/lower/expr/convert.h"

namespace pflow::lowering {

void KeySlots::add_params(const FlowPart& part) {
  for (const CarriedKey& in : part.params) {
    const sema::Key& key = module_.program().key(in.key);
    const std::string name(module_.text(key.name));
    if (in.flag)
      flags_[in.key] = builder_.param(name + ".set", module_.types().bool_);
    else
      slots_[in.key] = builder_.param(name, key.type);
  }
  builder_.enter(builder_.block("entry"));
  for (const CarriedKey& in : part.params) {
    if (std::ranges::find(part.assigned, in.key) == part.assigned.end()) continue;
    auto& slots = in.flag ? flags_ : slots_;
    const ir::SlotId param = slots[in.key];
    const std::string name = builder_.function().slots[param.index].name;
    slots[in.key] = builder_.slot(name, builder_.type(param));
    builder_.store(slots[in.key], builder_.load(param));
  }
}

ir::SlotId KeySlots::slot(sema::KeyId key) {
  auto [at, fresh] = slots_.try_emplace(key);
  const sema::Key& info = module_.program().key(key);
  if (fresh) at->second = builder_.slot(module_.text(info.name), info.type);
  return at->second;
}

ir::SlotId KeySlots::set_flag(sema::KeyId key) {
  auto [at, fresh] = flags_.try_emplace(key);
  if (!fresh) return at->second;
  at->second = builder_.slot(std::string(module_.text(module_.program().key(key).name)) + ".set",
                             module_.types().bool_);
  own_flags_.push_back(at->second);
  return at->second;
}

void KeySlots::store(sema::KeyId key, ir::ValueId value) {
  builder_.store(slot(key),
                 convert(builder_, module_.types(), value, module_.program().key(key).type));
  if (module_.has_flag(key)) builder_.store(set_flag(key), builder_.const_bool(true));
}

}  // namespace pflow::lowering
