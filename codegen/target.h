/// The machines that executables are made for.
#pragma once

#include <span>
#include <string_view>

namespace pflow::codegen {

struct Target {
  const char* triple;     ///< `x86_64-linux-gnu`, as Debian writes it
  const char* emulation;  ///< what lld calls it
  const char* loader;     ///< path of the dynamic loader (the psABI of the machine)

  [[nodiscard]] const char* loader_name() const;
  [[nodiscard]] bool operator==(const Target& other) const { return triple == other.triple; }
};

/// All of them, the machine that runs pflowc first.
[[nodiscard]] std::span<const Target> targets();

/// Null when there is none.
[[nodiscard]] const Target* find_target(std::string_view triple);

}  // namespace pflow::codegen
