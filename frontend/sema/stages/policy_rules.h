/// Which policies there are, what they expect, and which stages they apply to
/// (language.md, section 5).
#pragma once

#include <span>
#include <string_view>

#include "frontend/sema/context.h"

namespace pflow::sema {

struct PolicyRule {
  PolicyKind kind;
  std::string_view name;
  std::string_view expects;  ///< what a value that does not fit is told
  bool needs_retries;        ///< says how `retries` goes on
};

[[nodiscard]] std::span<const PolicyRule> all_policies();
/// Null for an unknown name.
[[nodiscard]] const PolicyRule* find_policy(std::string_view name);

/// Why the policy cannot apply to the stage; empty when it can.
[[nodiscard]] std::string_view why_not(const Context& ctx, const ast::Stage& stage,
                                       PolicyKind kind);

/// Whether running the stage can be seen from outside: it, or a stage in it.
[[nodiscard]] bool stage_has_effects(const Context& ctx, const ast::Stage& stage);

}  // namespace pflow::sema
