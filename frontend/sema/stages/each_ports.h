/// The outputs of `each`.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// The ports of `each`, in the order of StageWrite::port.
enum class EachPort : uint8_t { Results, Skipped, Errors, None };

[[nodiscard]] EachPort find_each_port(const Context& ctx, Symbol name);
[[nodiscard]] std::vector<std::string_view> each_port_names();

/// Reports a read of what an `each` over a stream knows only at its end; true then.
bool report_early_port(Context& ctx, const ast::Stage& each, EachPort port, Span span);

/// The type of an output of the `each`. Needs for Results: the stage checked.
[[nodiscard]] ir::TypeId each_port_type(Context& ctx, const ast::Stage& each, EachPort port);

}  // namespace pflow::sema
