#include "ir/passes/passes.h"

namespace pflow::ir {

std::span<const Pass> all_passes() {
  static constexpr Pass kPasses[] = {
      {"reach", "functions, nodes and tools that nothing reaches", reach},
      {"fold_constants", "constant ops, neighbouring template pieces, branches", fold_constants},
      {"demote", "`invoke` of what cannot suspend or choose becomes `call`", demote},
      {"simplify", "unreachable blocks, jumps to jumps, blocks that follow each other", simplify},
      {"slots", "slots that need not be, ops whose results nobody uses", slots},
      {"drops", "retains, drops and moves: who releases each value, and where", drops},
  };
  return kPasses;
}

}  // namespace pflow::ir
