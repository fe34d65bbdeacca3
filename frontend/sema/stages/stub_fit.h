/// Which values stand for the outputs of a node or flow that is stubbed.
#pragma once

#include <string>

#include "frontend/sema/context.h"

namespace pflow::sema {

/// As it is declared: `http(url: url, …) -> (body: str, …)`.
[[nodiscard]] std::string signature(const Context& ctx, const Callable& callable);

/// Whether a type holds a type parameter, which each call chooses.
[[nodiscard]] bool is_chosen_by_calls(const ir::TypeTable& types, ir::TypeId type);

/// What a stub gives for an output of the type: of a stream the list of its items.
[[nodiscard]] ir::TypeId given_for(ir::TypeTable& types, ir::TypeId output);

/// Whether the flow or node `by` can stand for `target`; else why not.
[[nodiscard]] std::string misfit(Context& ctx, const Callable& target, const Callable& by);

}  // namespace pflow::sema
