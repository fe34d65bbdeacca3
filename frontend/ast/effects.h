/// The names of effects, as `effects(…)` of an interface file has them.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace pflow::ast {

struct EffectName {
  uint16_t bit;  ///< of Effect, or Attributes::kStdout
  std::string_view name;
};

/// In the order in which they are listed.
[[nodiscard]] std::span<const EffectName> effect_names();
/// Of the bits of Attributes::effects.
[[nodiscard]] std::vector<std::string_view> names_of_effects(uint16_t bits);

}  // namespace pflow::ast
