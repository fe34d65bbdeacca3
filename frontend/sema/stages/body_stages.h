/// Stages with bodies: `{ … }`, `par`, `each`, `repeat`, `if`, `match`; and what they
/// give.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// Checks the form and its statements. The type of its value; void without.
ir::TypeId check_body_stage(Context& ctx, Scope& scope, const ast::Stage& stage);

/// The stage whose value the block passes on; null without.
[[nodiscard]] const ast::Stage* value_stage(const ast::Block& block);

/// Marks that someone takes the stage's value.
void use_value(Context& ctx, const ast::Stage& stage);

/// Whether the stage's value, if it has one, is only an echo of an effect: nobody
/// need take it.
[[nodiscard]] bool gives_echo(const Context& ctx, const ast::Stage& stage);

/// The ports of `each`, in the order of StageWrite::port.
enum class EachPort : uint8_t { Results, Skipped, Errors, None };

[[nodiscard]] EachPort find_each_port(const Context& ctx, Symbol name);
[[nodiscard]] std::vector<std::string_view> each_port_names();

/// Reports a read of what an `each` over a stream knows only at its end; true then.
bool report_early_port(Context& ctx, const ast::Stage& each, EachPort port, Span span);

/// The type of an output of the `each`. Needs for Results: the stage checked.
[[nodiscard]] ir::TypeId each_port_type(Context& ctx, const ast::Stage& each, EachPort port);

}  // namespace pflow::sema
