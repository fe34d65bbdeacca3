#include "frontend/sema/calls/tools.h"

#include <algorithm>

#include "frontend/sema/calls/callee.h"
#include "frontend/sema/nearest.h"
#include "frontend/sema/stages/keys.h"
#include "frontend/sema/types/conversions.h"
#include "frontend/sema/types/type_exprs.h"
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

/// Why the node cannot be a tool, and the port that is to blame; empty when it can.
std::string unfit_port(const Context& ctx, const Callable& callable, const PortInfo*& blamed) {
  for (const PortInfo& port : callable.ports) {
    blamed = &port;
    if (port.is_type) return "takes a type";
    if (!is_jsonable(ctx.types, port.type) || holds_secret(ctx.types, port.type))
      return fmt::format("takes {}", a_type(ctx, port.type));
  }
  return "";
}

TypeId report_unfit(Context& ctx, const ast::NameExpr& name, const PortInfo& port,
                    const std::string& why) {
  ctx.diagnostics.report(diag::not_a_tool, name.span, ctx.text(name.name))
      .label(fmt::format("its port `{}` {}", ctx.text(port.name), why))
      .secondary(port.span, "the port")
      .note("whoever calls a tool gives it JSON")
      .help("name a flow that takes data and calls it");
  return ctx.types.error;
}

/// The record of the ports.
TypeId input_of(Context& ctx, const Callable& callable) {
  std::vector<ir::Field> fields;
  for (const PortInfo& port : callable.ports) {
    std::string name(ctx.text(port.name));
    fields.push_back({name, name, port.type, std::string(port.doc)});
  }
  TypeId record = ctx.types.record(std::string(ctx.text(callable.name)));
  ctx.types.set_fields(record, std::move(fields));
  return record;
}

void keep_tool(Context& ctx, const ast::Expr& expr, CallableId id) {
  ToolUse use{&expr, {}, {}};
  use.call.callee = id;
  auto known = std::ranges::find_if(
      ctx.program.tools, [&](const auto& tool) { return tool.second.call.callee == id; });
  use.input = known == ctx.program.tools.end() ? input_of(ctx, ctx.program.callable(id))
                                               : known->second.input;
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
  const PortInfo* blamed = nullptr;
  std::string why = unfit_port(ctx, ctx.program.callable(callee.callable), blamed);
  if (!why.empty()) return report_unfit(ctx, name, *blamed, why);
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
