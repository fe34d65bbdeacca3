#include "frontend/sema/stages/stages.h"

#include <algorithm>

#include "frontend/sema/calls/callee.h"
#include "frontend/sema/calls/calls.h"
#include "frontend/sema/calls/results.h"
#include "frontend/sema/exprs/expressions.h"
#include "frontend/sema/stages/body_stages.h"
#include "frontend/sema/stages/each_ports.h"
#include "frontend/sema/stages/policies.h"
#include "frontend/sema/stages/region_facts.h"
#include "frontend/sema/stages/stage_values.h"
#include "frontend/sema/stages/statements.h"
#include "frontend/sema/stages/writes.h"
#include "frontend/sema/types/conversions.h"
#include "frontend/sema/types/type_exprs.h"
#include "frontend/sema/wording.h"

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

namespace {

/// `>>` brings a value to a stage that has no port for it.
void check_lost(Context& ctx, const ast::Stage& stage, const ast::Stage* previous, TypeId piped) {
  TypeKind kind = ctx.types.kind(piped);
  if (previous == nullptr || kind == TypeKind::Void || kind == TypeKind::Error) return;
  if (!previous->bindings.empty() || gives_echo(ctx, *previous)) return;
  ctx.diagnostics.report(diag::piped_value_lost, stage.span, ctx.type_text(piped))
      .label("takes no piped value")
      .secondary(previous->span, "this value")
      .help("keep it in a key, `-> key`, or pass only control on, with a new line",
            break_chain(ctx, *previous, stage));
  use_value(ctx, *previous);
}

void set_actions(Context& ctx, StageInfo& info) {
  const ast::Stage& stage = *info.stage;
  if (ast::only_leaves(stage.kind)) return;
  if (stage.kind == ast::StageKind::Expr && stage.expr->kind == ast::ExprKind::Call) {
    auto call = ctx.program.calls.find(stage.expr->id);
    if (call == ctx.program.calls.end() || call->second.builtin == Builtin::Fail) return;
    if (call->second.builtin == Builtin::Choose) {
      TypeId type = call->second.arguments[0].from;
      if (ctx.types.is(type, TypeKind::Union)) info.actions = ctx.types.get(type).literals;
      return;
    }
  }
  info.actions = {"default"};
  if (const Callable* callable = stage_callable(ctx, stage))
    for (std::string_view action : callable->attributes.actions) info.actions.emplace_back(action);
}

bool takes_piped(const Context& ctx, const ast::Expr& call) {
  auto found = ctx.program.calls.find(call.id);
  if (found == ctx.program.calls.end()) return false;
  const std::vector<BoundArgument>& bound = found->second.arguments;
  return std::any_of(bound.begin(), bound.end(), [](const BoundArgument& argument) {
    return argument.source == ArgumentSource::Piped;
  });
}

/// Whether the call has an `in` port, which then took the piped value or was
/// bound explicitly.
bool has_in_port(const Context& ctx, const ast::Expr& call) {
  auto found = ctx.program.calls.find(call.id);
  if (found == ctx.program.calls.end()) return true;
  if (found->second.callee.valid()) return ctx.program.callable(found->second.callee).in_port >= 0;
  return found->second.builtin != Builtin::Fail;
}

TypeId check_stage_call(Env& env, const ast::Stage& stage, const StagePlace& place, TypeId piped) {
  Context& ctx = env.ctx;
  StageCall stage_call{stage, place.previous, piped};
  const auto& call = ast::as<ast::CallExpr>(*stage.expr);
  TypeId type = check_call(env, call, {}, &stage_call);
  ctx.program.expr_types[call.id.index] = type;
  if (!has_in_port(ctx, call)) check_lost(ctx, stage, place.previous, piped);
  if (!takes_piped(ctx, call)) return type;
  use_value(ctx, *place.previous);
  check_sent_twice(env, call, stage_call);
  return type;
}

TypeId check_stage_expr(Env& env, const ast::Stage& stage, const StagePlace& place, TypeId piped) {
  Context& ctx = env.ctx;
  if (env.scope->graph->jump_target(stage) != nullptr) return ctx.types.void_;
  if (stage.expr->kind == ast::ExprKind::Call) return check_stage_call(env, stage, place, piped);
  check_lost(ctx, stage, place.previous, piped);
  return kept_type(ctx, check_expr(env, *stage.expr), stage.expr->span);
}

void check_one_stage(Context& ctx, Scope& scope, const ast::Stage& stage) {
  ctx.stage_places[stage.id.index].progress = Progress::Running;
  const StagePlace place = ctx.stage_places[stage.id.index];
  TypeId piped =
      place.previous == nullptr ? ctx.types.void_ : ctx.program.stage(place.previous->id).value;
  if (!piped.valid()) piped = ctx.types.error;
  TypeId value = ctx.types.void_;
  if (stage.kind == ast::StageKind::Expr) {
    Env env = env_at(ctx, scope, scope.graph->node_of(stage), place.error_key);
    value = check_stage_expr(env, stage, place, piped);
  } else {
    bool takes_none = stage.kind != ast::StageKind::Each && stage.kind != ast::StageKind::End;
    if (takes_none) check_lost(ctx, stage, place.previous, piped);
    value = check_body_stage(ctx, scope, stage);
  }
  if (ctx.types.is(value, TypeKind::Never)) value = ctx.types.void_;
  StageInfo& info = ctx.program.stages[stage.id.index];
  info.piped = piped;
  info.value = value;
  set_actions(ctx, info);
  check_policies(ctx, scope, stage);
  add_writes(ctx, scope, info);
  ctx.stage_places[stage.id.index].progress = Progress::Known;
}

/// The type of what the stage's binding makes a key of.
TypeId bound_type(Context& ctx, Scope& scope, const ast::Stage& stage, int binding) {
  const ast::Binding& bound = stage.bindings[binding];
  if (const Callable* callable = stage_callable(ctx, stage)) {
    CallableId id(static_cast<size_t>(callable - ctx.program.callables.data()));
    int port = stage.binds_ports ? find_output(*callable, bound.port.symbol) : callable->out_port;
    if (stage.binds_ports || port >= 0)
      return port < 0 ? ctx.types.error
                      : stage_output_type(ctx, scope, stage, port, stage.expr->span);
    infer_result(ctx, id, stage.expr->span);
    port = ctx.program.callable(id).out_port;
    return port < 0 ? ctx.types.error : ctx.program.callable(id).outputs[port].type;
  }
  if (stage.binds_ports && stage.kind == ast::StageKind::Each) {
    EachPort port = find_each_port(ctx, bound.port.symbol);
    if (port != EachPort::Results) return each_port_type(ctx, stage, port);
  } else if (stage.binds_ports) {
    return ctx.types.error;
  }
  check_stage(ctx, scope, stage);
  if (ctx.stage_places[stage.id.index].progress == Progress::Known) {
    TypeId value = ctx.program.stage(stage.id).value;
    return ctx.types.is(value, TypeKind::Void) ? ctx.types.error : value;
  }
  ctx.diagnostics.report(diag::recursive_type, bound.key.span, ctx.text(bound.key.symbol))
      .label("needs a declared type")
      .secondary(stage.span, "its type depends on this");
  return ctx.types.error;
}

}  // namespace

void check_stage(Context& ctx, Scope& scope, const ast::Stage& stage) {
  std::vector<const ast::Stage*> chain;
  for (const ast::Stage* at = &stage; at != nullptr; at = ctx.stage_places[at->id.index].previous) {
    if (ctx.stage_places[at->id.index].progress != Progress::Unknown) break;
    chain.push_back(at);
  }
  for (auto at = chain.rbegin(); at != chain.rend(); ++at) check_one_stage(ctx, scope, **at);
}

TypeId setter_type(Context& ctx, const StoreKey& key) {
  if (key.scope == nullptr) return ctx.types.error;
  Scope& scope = *key.scope;
  if (key.annotation != nullptr) return resolve_type(ctx, *key.annotation);
  if (key.let != nullptr) return check_let(ctx, scope, *key.let);
  if (key.stage != nullptr) return bound_type(ctx, scope, *key.stage, key.binding);
  return ctx.types.error;
}

}  // namespace pflow::sema
