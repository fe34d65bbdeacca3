/// What nodes and flows give back, inferred when it is first asked for.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// Makes the outputs of a node or flow known. `use` is the call that asks.
/// A result that depends on itself is reported.
void infer_result(Context& ctx, CallableId id, Span use);

/// The type of one output, inferring no more than that output needs.
ir::TypeId output_type(Context& ctx, CallableId id, int output, Span use);

/// The type of an output of the node that the stage runs: of a generic node as this
/// stage's call makes it, for which the stage is checked. `use` is the place that asks.
ir::TypeId stage_output_type(Context& ctx, Scope& scope, const ast::Stage& stage, int port,
                             Span use);

/// Checks the body of a function node.
/// Needs: all declarations. Gives: its expression's types and its output's.
void check_function_node(Context& ctx, Scope& scope);

}  // namespace pflow::sema
