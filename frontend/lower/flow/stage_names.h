/// What stages are called, in names of blocks and slots and in sites; what they call.
#pragma once

#include "frontend/lower/flow/flow_context.h"

namespace pflow::lowering {

/// Empty without one.
std::string_view label_of(const FlowContext& f, const ast::Stage& stage);
/// The call of a node or flow that the expression is; else null.
const sema::CallInfo* called(const FlowContext& f, const ast::Expr* expr);
std::string stage_name(const FlowContext& f, const ast::Stage& stage);

}  // namespace pflow::lowering
