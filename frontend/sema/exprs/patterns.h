/// The patterns of `match`, of the expression and of the stage alike.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// What is seen in an arm: to be appended to Env::locals and Env::narrowed while
/// its body is checked.
struct ArmFacts {
  std::vector<KeyId> locals;  ///< what the pattern binds
  std::vector<Narrowed> narrowed;
};

/// The type of the checked subject of a `match`, a literal's own type kept.
ir::TypeId check_subject(Env& env, const ast::Expr& subject);

/// Holds the arms' patterns to the subject, which `check_subject` has seen: each
/// fits its type and takes something that no earlier one took, and all together take
/// every value. Fills Program::variants. One entry an arm.
std::vector<ArmFacts> check_patterns(Env& env, const ast::Expr& subject,
                                     std::span<const std::span<const ast::Pattern>> arms);

}  // namespace pflow::sema
