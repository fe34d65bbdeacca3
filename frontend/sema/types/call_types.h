/// Calls of nodes and flows as types: `call(search, answer)` is the sum of the records of
/// their ports.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// The record of a node's or flow's ports. Its fields are those of the callable once that is
/// declared.
ir::TypeId call_record(Context& ctx, const ast::Decl& decl);

/// `call(f, g)`, which only a `type` declaration may be.
ir::TypeId resolve_calls(Context& ctx, const ast::TypeExpr& expr);

/// `call(f, g) by "tag"` is this type.
void note_tagged_calls(Context& ctx, const ast::TypeExpr& calls, ir::TypeId tagged);

/// The first port of a node or flow that takes no data, and what it takes instead; null when all
/// take data.
[[nodiscard]] const PortInfo* port_without_data(const Context& ctx, const Callable& callable,
                                                std::string& takes);

/// Reports that the name stands for what no data can call.
void report_no_tool(Context& ctx, const ast::Name& name, const PortInfo& port,
                    const std::string& takes);

/// Gives the records of all callables so far their fields, and each `call(…)` the flow that
/// runs its values.
/// Needs: all callables declared.
void complete_call_types(Context& ctx);

}  // namespace pflow::sema
