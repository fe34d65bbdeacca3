#include "frontend/sema/stages/policy_rules.h"

#include <algorithm>

#include "frontend/ast/walk.h"
#include "frontend/sema/calls/callee.h"
#include "frontend/sema/types/generics.h"

namespace pflow::sema {

using ir::Policy;
using ir::PolicyScope;

namespace {

bool is_call_of(const Context& ctx, const ast::Stage& stage, Builtin builtin) {
  if (stage.kind != ast::StageKind::Expr) return false;
  auto call = ctx.program.calls.find(stage.expr->id);
  return call != ctx.program.calls.end() && call->second.builtin == builtin;
}

bool takes_tools(const ir::TypeTable& types, ir::TypeId type) {
  const ir::TypeId inner = types.get(type).element;
  return types.is(type, ir::TypeKind::Tool) || (inner.valid() && takes_tools(types, inner));
}

/// Whether the call gives tools away.
bool gives_tools(const Context& ctx, const ast::Stage& stage, const Callable& callable) {
  auto call = ctx.program.calls.find(stage.expr->id);
  if (call == ctx.program.calls.end()) return false;
  const std::vector<BoundArgument>& arguments = call->second.arguments;
  for (size_t i = 0; i < arguments.size(); ++i)
    if (arguments[i].source != ArgumentSource::Default &&
        takes_tools(ctx.types, callable.ports[i].type))
      return true;
  return false;
}

std::string_view why_not_cached(const Context& ctx, const ast::Stage& stage) {
  if (stage.kind == ast::StageKind::Each) return {};
  const Callable* callable = stage_callable(ctx, stage);
  if (callable == nullptr) return "only a call has arguments to look up";
  if (value_is_incidental(*callable)) return "from the cache, it would write nothing";
  if (gives_tools(ctx, stage, *callable)) return "from the cache, it would run no tools";
  return {};
}

}  // namespace

bool stage_has_effects(const Context& ctx, const ast::Stage& stage) {
  if (stage.kind == ast::StageKind::Expr) {
    const Callable* callable = stage_callable(ctx, stage);
    if (callable != nullptr) return has_effects(*callable);
    // An unknown node has been reported, and may have some.
    return stage.expr->kind == ast::ExprKind::Call && !ctx.program.calls.contains(stage.expr->id);
  }
  bool effects = false;
  for_each_block(stage, [&](const ast::Block& block) {
    for (const ast::Statement* statement : block.statements) {
      const ast::Chain* chain = chain_of(*statement);
      if (effects || chain == nullptr) continue;
      for (const ast::Stage* inner : chain->stages)
        effects = effects || stage_has_effects(ctx, *inner);
    }
  });
  return effects;
}

std::string_view why_not(const Context& ctx, const ast::Stage& stage, Policy policy) {
  const ir::PolicyInfo& info = ir::policy_info(policy);
  if (info.scope == PolicyScope::Each || info.scope == PolicyScope::Skipping) {
    if (stage.kind != ast::StageKind::Each) return "only `each` runs items";
    if (policy == Policy::Batch && ctx.program.stage(stage.id).over_stream)
      return "the items of a stream come one after the other; `collect()` makes a list of them";
    return "";
  }
  if (info.scope == PolicyScope::Repeated) {
    // Whether a labelled stage runs twice is a question of paths: see flow/jumps.cpp.
    if (stage.kind == ast::StageKind::Repeat || stage.label.symbol.valid()) return "";
    return "only a labelled stage, to which a jump leads, and `repeat` run more than once";
  }
  if (ast::only_leaves(stage.kind)) return "nothing runs here";
  if (stage.kind == ast::StageKind::If || stage.kind == ast::StageKind::Match)
    return "put the `if` or `match` into `{ … }`, which takes it";
  if (is_call_of(ctx, stage, Builtin::Choose) || is_call_of(ctx, stage, Builtin::Fail))
    return "it only says how control goes on";
  if (policy == Policy::Fallback) return "";
  if (!stage_has_effects(ctx, stage)) {
    const bool of_tries = policy == Policy::Retries || info.needs_retries();
    return of_tries ? "it has no effects: it would fail the same way again"
                    : "it has no effects: there is nothing to wait for";
  }
  return policy == Policy::Cache ? why_not_cached(ctx, stage) : "";
}

namespace {

/// Whether the output has one type whatever the call is.
bool is_fixed(const Context& ctx, const Callable& callable, const PortInfo& output) {
  return std::ranges::none_of(callable.type_params, [&](ir::TypeId param) {
    return mentions(ctx.types, output.type, param);
  });
}

/// Whether the fallback is a call with effects that has the same output.
bool gives_output(const Context& ctx, const ast::Expr& fallback, const Callable& failing,
                  const PortInfo& output) {
  if (fallback.kind != ast::ExprKind::Call) return false;
  CallableId id = find_callee(ctx, callee_name(ast::as<ast::CallExpr>(fallback))).callable;
  if (!id.valid()) return false;
  const Callable& other = ctx.program.callable(id);
  const int same = find_output(other, output.name);
  return has_effects(other) && same >= 0 && other.outputs[same].type == output.type &&
         is_fixed(ctx, failing, output) && is_fixed(ctx, other, other.outputs[same]);
}

}  // namespace

void check_fallback_sets(Context& ctx, const ast::Stage& stage, int output, Span use) {
  const Callable* callable = stage_callable(ctx, stage);
  if (callable == nullptr || callable->out_port == output) return;
  const PortInfo& port = callable->outputs[output];
  for (const ast::PolicyEntry& policy : stage.policies) {
    if (ctx.text(policy.name.symbol) != "fallback") continue;
    if (gives_output(ctx, *policy.value, *callable, port)) continue;
    ctx.diagnostics
        .report(diag::fallback_output, use, ctx.text(port.name), ctx.text(callable->name))
        .label("not set when it fails")
        .secondary(policy.name.span, policy.value->kind == ast::ExprKind::Call
                                         ? "has no such output"
                                         : "gives the value alone");
  }
}

}  // namespace pflow::sema
