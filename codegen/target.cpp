#include "codegen/target.h"

#include <algorithm>
#include <cstring>

namespace pflow::codegen {
namespace {

constexpr Target kX86{"x86_64-linux-gnu", "elf_x86_64", "/lib64/ld-linux-x86-64.so.2"};
constexpr Target kArm{"aarch64-linux-gnu", "aarch64linux", "/lib/ld-linux-aarch64.so.1"};

#if defined(__aarch64__)
constexpr Target kTargets[] = {kArm, kX86};
#else
constexpr Target kTargets[] = {kX86, kArm};
#endif

}  // namespace

const char* Target::loader_name() const { return strrchr(loader, '/') + 1; }

std::span<const Target> targets() { return kTargets; }

const Target* find_target(std::string_view triple) {
  const auto* found = std::ranges::find(kTargets, triple, &Target::triple);
  return found == std::end(kTargets) ? nullptr : found;
}

}  // namespace pflow::codegen
