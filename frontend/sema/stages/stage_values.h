/// The values of stages: which one a block passes on, whether someone takes it.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// The stage whose value the block passes on; null without.
[[nodiscard]] const ast::Stage* value_stage(const ast::Block& block);

/// Marks that someone takes the stage's value.
void use_value(Context& ctx, const ast::Stage& stage);

/// Whether the stage's value, if it has one, is only an echo of an effect: nobody
/// need take it.
[[nodiscard]] bool gives_echo(const Context& ctx, const ast::Stage& stage);

}  // namespace pflow::sema
