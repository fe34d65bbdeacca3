/// What is known where an expression of a flow stands: the items, pattern bindings and
/// narrowed keys of the forms around it. Worked out when first asked for, since a
/// key's type may be asked for before its stage's turn comes.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// The surroundings of what node `at` of the scope's flow evaluates.
[[nodiscard]] Env env_at(Context& ctx, Scope& scope, FlowNodeId at, KeyId error_key);

/// The same, as seen inside a region.
[[nodiscard]] Env env_in(Context& ctx, Scope& scope, RegionId region, FlowNodeId at,
                         KeyId error_key);

/// Checks what a stage with a body evaluates itself, once: the conditions of `if`, the
/// subject and patterns of `match`, the list of `repeat`, what `each` runs over.
void check_form(Context& ctx, const ast::Stage& stage);

}  // namespace pflow::sema
