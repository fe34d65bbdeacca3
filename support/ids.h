/// Typed 32-bit ids into stores: an id of one store cannot be used for another.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

namespace pflow {

template <typename Tag>
struct Id {
  static constexpr uint32_t kNone = UINT32_MAX;
  uint32_t index = kNone;

  constexpr Id() = default;
  constexpr explicit Id(size_t i) : index(static_cast<uint32_t>(i)) {}

  [[nodiscard]] constexpr bool valid() const { return index != kNone; }
  constexpr explicit operator bool() const { return valid(); }
  friend constexpr bool operator==(Id, Id) = default;
  friend constexpr auto operator<=>(Id, Id) = default;
};

}  // namespace pflow

template <typename Tag>
struct std::hash<pflow::Id<Tag>> {
  size_t operator()(pflow::Id<Tag> id) const noexcept { return id.index; }
};
