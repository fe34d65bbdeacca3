/// The order in which bodies are checked: what a body calls comes before it, so
/// that inference seldom recurses. Bodies that call each other keep source order.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// The scopes of all flows and function nodes.
/// Needs: all declarations.
std::vector<Scope*> scopes_in_order(const Context& ctx);

}  // namespace pflow::sema
