/// Who owns what inside a block after the pass `drops`: the rules of ir.h as
/// queries, for the verifier and for code generation.
#pragma once

#include <vector>

#include "ir/ir.h"

namespace pflow::ir {

/// Per value of a function: the value whose ownership it stands for (itself, or
/// what a chain of aliases begins with); none when nobody has to release it
/// (no reference in its type, borrowed from a slot, or a constant).
[[nodiscard]] std::vector<ValueId> owners(const Module& module, const Function& function);

/// Whether the op makes a constant that owns nothing: `const.text`, `opt.none`.
[[nodiscard]] bool is_immortal(const Op& op);

/// The operands whose ownership the op takes.
[[nodiscard]] std::vector<ValueId> consumed_operands(const Op& op);

/// Per op of `block`: the values to release when it fails, those that it
/// consumes included, but not what it hands over. Empty for ops that cannot fail.
[[nodiscard]] std::vector<std::vector<ValueId>> owned_at_failures(
    const Block& block, const std::vector<ValueId>& owners);

}  // namespace pflow::ir
