/// Statements and chains of flows.
#pragma once

#include "frontend/lower/flow/flow_context.h"

namespace pflow::lowering {

/// The rules of `FlowContext`.
Held lower_chain(FlowContext& f, const ast::Chain& chain);
Held lower_statement(FlowContext& f, const ast::Statement& statement);
Held lower_statements(FlowContext& f, const ast::Block& block);
inline constexpr FlowRules kFlowRules{lower_statements, lower_statement, lower_chain};

}  // namespace pflow::lowering
