/// The passes over the IR, in the order in which they run. Each takes a module
/// that verifies and leaves one that verifies; its file says what it needs and keeps.
#pragma once

#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "ir/ir.h"

namespace pflow::ir {

void reach(Module& module);           ///< functions, nodes and tools that nothing reaches
void fold_constants(Module& module);  ///< constant ops, neighbouring template pieces, branches
void demote(Module& module);          ///< `invoke` that cannot suspend or choose: `call`
void simplify(Module& module);        ///< unreachable blocks, jumps to jumps, merged blocks
void slots(Module& module);           ///< slots read once where they are stored, or never; dead ops
void drops(Module& module);           ///< retains, drops, moves: who releases what, where

struct Pass {
  std::string_view name;
  std::string_view summary;
  void (*run)(Module&);
};

/// All passes; `drops` is last and always runs.
[[nodiscard]] std::span<const Pass> all_passes();

}  // namespace pflow::ir
