#include "frontend/sema/calls/tools.h"

#include <algorithm>

#include "frontend/sema/calls/callee.h"
#include "frontend/sema/nearest.h"
#include "frontend/sema/stages/keys.h"
#include "frontend/sema/types/call_types.h"
#include "frontend/sema/types/conversions.h"
#include "frontend/sema/wording.h"

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

namespace {

/// Whether the name is that of a key, a label or an output here, which come first.
bool is_taken(const Env& env, Symbol name) {
  if (std::ranges::any_of(env.locals,
                          [&](KeyId key) { return env.ctx.program.key(key).name == name; }))
    return true;
  if (env.scope == nullptr) return false;
  if (env.scope->store.contains(name)) return true;
  return env.scope->graph != nullptr && env.at.valid() &&
         env.scope->graph->natural(name, env.at).kind == Natural::Kind::One;
}

void keep_tool(Context& ctx, const ast::Expr& expr, CallableId id) {
  ToolUse use{&expr, {}, {}};
  use.call.callee = id;
  use.input = call_record(ctx, *ctx.program.callable(id).decl);
  ctx.program.tools[expr.id] = std::move(use);
}

}  // namespace

TypeId check_tool(Env& env, const ast::Expr& expr, Expect expect) {
  Context& ctx = env.ctx;
  if (!expect.type.valid() || expr.kind != ast::ExprKind::Name ||
      !ctx.types.is(unwrapped(ctx.types, expect.type), TypeKind::Tool))
    return {};
  const auto& name = ast::as<ast::NameExpr>(expr);
  if (is_taken(env, name.name)) return {};
  Callee callee = find_callee(ctx, {name.name, name.span});
  if (callee.builtin != nullptr) {
    ctx.diagnostics.report(diag::not_a_tool, name.span, ctx.text(name.name))
        .label("part of the language")
        .help("name a flow that calls it");
    return ctx.types.error;
  }
  if (!callee.callable.valid()) {
    auto report = ctx.diagnostics.report(diag::unknown_node, name.span, ctx.text(name.name));
    report.label("no node or flow of this name");
    suggest_node(report, ctx, {name.name, name.span});
    return ctx.types.error;
  }
  std::string takes;
  if (const PortInfo* port = port_without_data(ctx, ctx.program.callable(callee.callable), takes)) {
    report_no_tool(ctx, {name.name, name.span}, *port, takes);
    return ctx.types.error;
  }
  keep_tool(ctx, expr, callee.callable);
  return ctx.types.tool;
}

void check_tool_results(Context& ctx) {
  std::vector<const ToolUse*> tools;
  for (const auto& [id, tool] : ctx.program.tools) tools.push_back(&tool);
  std::ranges::sort(tools, {}, [](const ToolUse* tool) { return tool->at->span.begin; });
  for (const ToolUse* tool : tools) {
    for (const PortInfo& output : ctx.program.callable(tool->call.callee).outputs) {
      if (is_jsonable(ctx.types, output.type) && !holds_secret(ctx.types, output.type)) continue;
      ctx.diagnostics.report(diag::not_a_tool, tool->at->span, ctx.sources.text(tool->at->span))
          .label(fmt::format("it gives {}", a_type(ctx, output.type)))
          .note("whoever calls a tool gets JSON")
          .help("name a flow that calls it and gives data");
      break;
    }
  }
}

}  // namespace pflow::sema
