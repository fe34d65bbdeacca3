/// The slots of a function for the keys that it uses, and for the flags that say whether
/// a key is set, where somebody asks.
#pragma once

#include <unordered_map>
#include <vector>

#include "frontend/lower/module/flow_part.h"
#include "frontend/lower/module/module_context.h"
#include "ir/builder.h"

namespace pflow::lowering {

class KeySlots {
 public:
  KeySlots(ModuleContext& module, ir::Builder& builder) : module_(module), builder_(builder) {}

  /// Makes the parameter slots and enters the first block; an assigned parameter gets
  /// a second slot.
  void add_params(const FlowPart& part);
  ir::SlotId slot(sema::KeyId key);
  ir::SlotId slot(const CarriedKey& carried) {
    return carried.flag ? set_flag(carried.key) : slot(carried.key);
  }
  /// The bool slot beside a key that may be read unset.
  ir::SlotId set_flag(sema::KeyId key);
  /// Stores into the key, and notes that it is set where somebody asks.
  void store(sema::KeyId key, ir::ValueId value);
  /// The flags that have come up and are no parameters.
  [[nodiscard]] const std::vector<ir::SlotId>& own_flags() const { return own_flags_; }

 private:
  ModuleContext& module_;
  ir::Builder& builder_;
  std::unordered_map<sema::KeyId, ir::SlotId> slots_;
  std::unordered_map<sema::KeyId, ir::SlotId> flags_;
  std::vector<ir::SlotId> own_flags_;
};

}  // namespace pflow::lowering
