#include "frontend/sema/calls/results.h"

#include "frontend/sema/calls/callee.h"
#include "frontend/sema/exprs/expressions.h"
#include "frontend/sema/nearest.h"
#include "frontend/sema/stages/flow_value.h"
#include "frontend/sema/stages/keys.h"
#include "frontend/sema/stages/statements.h"
#include "frontend/sema/types/conversions.h"

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

namespace {

TypeId report_recursive(Context& ctx, CallableId id, Span use, std::string_view fix) {
  const Callable& callable = ctx.program.callable(id);
  ctx.diagnostics.report(diag::recursive_type, callable.decl->name.span, ctx.text(callable.name))
      .label("needs a declared type")
      .secondary(use, "called by itself here")
      .help(std::string(fix));
  return ctx.types.error;
}

TypeId named_result(Context& ctx, Scope& scope, int output, Span use) {
  const ast::Port& result = scope.flow->results[output];
  if (!scope.store.contains(result.name.symbol)) return ctx.types.error;
  return key_type(ctx, scope, result.name.symbol, use);
}

void set_value(Context& ctx, CallableId id, TypeId type, Span span) {
  Callable& callable = ctx.program.callables[id.index];
  if (callable.outputs.empty()) callable.outputs.emplace_back();
  callable.outputs[0].type = type;
  callable.outputs[0].span = span;
  callable.out_port = 0;
}

void infer_flow_value(Context& ctx, Scope& scope, Span use) {
  if (scope.result == Progress::Running) {
    // Void until known: when it turns out to have a value, that is reported.
    if (!scope.recursion.valid()) scope.recursion = use;
    return;
  }
  scope.result = Progress::Running;
  check_flow_body(ctx, scope);
  TypeId type = flow_value(ctx, scope);
  scope.result = Progress::Known;
  if (ctx.types.is(type, TypeKind::Void)) return;
  if (scope.recursion.valid() && !ctx.types.is(type, TypeKind::Error))
    type = report_recursive(ctx, scope.callable, scope.recursion,
                            "declare the result: `-> (result: T)`");
  set_value(ctx, scope.callable, type, scope.flow->name.span);
}

}  // namespace

void infer_result(Context& ctx, CallableId id, Span use) {
  if (ctx.program.callable(id).kind == CallableKind::Extern) return;
  Scope& scope = *ctx.scopes[id.index];
  if (scope.result == Progress::Known) return;
  if (scope.flow != nullptr && scope.flow->results.empty())
    return infer_flow_value(ctx, scope, use);
  if (scope.flow != nullptr) {
    for (size_t i = 0; i < scope.flow->results.size(); ++i)
      output_type(ctx, id, static_cast<int>(i), use);
    return;
  }
  const std::vector<PortInfo>& outputs = ctx.program.callable(id).outputs;
  if (!outputs.empty() && outputs[0].type.valid()) return;
  if (scope.result == Progress::Running)
    return set_value(ctx, id,
                     report_recursive(ctx, id, use, "declare what it gives: `-> T` after the `)`"),
                     scope.node->name.span);
  check_function_node(ctx, scope);
}

TypeId output_type(Context& ctx, CallableId id, int output, Span use) {
  const Callable& callable = ctx.program.callable(id);
  if (callable.outputs[output].type.valid()) return callable.outputs[output].type;
  if (callable.kind != CallableKind::Flow) {
    infer_result(ctx, id, use);
    return ctx.program.callable(id).outputs[output].type;
  }
  TypeId type = named_result(ctx, *ctx.scopes[id.index], output, use);
  return ctx.program.callables[id.index].outputs[output].type = type;
}

TypeId stage_output_type(Context& ctx, Scope& scope, const ast::Stage& stage, int port, Span use) {
  const Callable* callable = stage_callable(ctx, stage);
  CallableId id(static_cast<size_t>(callable - ctx.program.callables.data()));
  if (callable->type_params.empty()) return output_type(ctx, id, port, use);
  ctx.check_stage(scope, stage);
  auto call = ctx.program.calls.find(stage.expr->id);
  bool known = call != ctx.program.calls.end() && !call->second.outputs.empty();
  if (known) return call->second.outputs[port];
  if (!ctx.diagnostics.has_errors())
    ctx.diagnostics.report(diag::recursive_type, use, ctx.text(callable->outputs[port].name))
        .label("needs a declared type")
        .secondary(stage.span, "its arguments depend on it");
  return ctx.types.error;
}

void check_function_node(Context& ctx, Scope& scope) {
  if (scope.result != Progress::Unknown) return;
  scope.result = Progress::Running;
  Env env{ctx, &scope};
  const std::vector<PortInfo>& outputs = ctx.program.callable(scope.callable).outputs;
  TypeId type = outputs.empty() ? TypeId() : outputs[0].type;
  if (type.valid()) {
    Span declared = scope.node->outputs[0].type != nullptr ? scope.node->outputs[0].type->span
                                                           : scope.node->name.span;
    check_as(env, *scope.node->body, type, {declared, "declared here"});
  } else {
    type = kept_type(ctx, check_expr(env, *scope.node->body), scope.node->body->span);
    bool reported = !ctx.program.callable(scope.callable).outputs.empty() &&
                    ctx.program.callable(scope.callable).outputs[0].type.valid();
    if (reported) type = ctx.types.error;
    set_value(ctx, scope.callable, type, scope.node->name.span);
  }
  ctx.program.bodies[scope.body].results = {type};
  scope.result = Progress::Known;
}

}  // namespace pflow::sema
