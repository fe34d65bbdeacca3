#include "frontend/sema/calls/results.h"

#include "frontend/sema/calls/callee.h"
#include "frontend/sema/exprs/expressions.h"
#include "frontend/sema/nearest.h"
#include "frontend/sema/stages/flow_value.h"
#include "frontend/sema/stages/keys.h"
#include "frontend/sema/stages/statements.h"
#include "frontend/sema/types/conversions.h"
#include "frontend/sema/wording.h"

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

/// What the value of a node or flow is; void when it passes none on.
TypeId value_type(Context& ctx, CallableId id, Span use) {
  infer_result(ctx, id, use);
  const Callable& callable = ctx.program.callable(id);
  return callable.out_port < 0 ? ctx.types.void_ : callable.outputs[callable.out_port].type;
}

void report_apart(Context& ctx, const Callable& runner, CallableId one, TypeId its,
                  CallableId other, TypeId type, Span use) {
  auto text = [&](TypeId id) {
    return ctx.types.is(id, TypeKind::Void) ? std::string("no value") : a_type(ctx, id);
  };
  auto name = [&](CallableId id) { return ctx.text(ctx.program.callable(id).name); };
  std::string arms;
  for (CallableId callee : runner.runs) arms += fmt::format("call {} c => …; ", name(callee));
  arms.resize(arms.size() - 2);
  ctx.diagnostics.report(diag::runs_differ, use, ctx.type_text(runner.ports[0].type))
      .label("gives no one type")
      .note(fmt::format("`{}` gives {}, `{}` {}", name(one), text(its), name(other), text(type)))
      .help(fmt::format("say what each does: `match … {{ {} }}`", arms));
}

/// `run` gives what all calls of its type give.
void infer_run(Context& ctx, CallableId id, Span use) {
  if (ctx.program.callable(id).out_port >= 0) return;
  const std::vector<CallableId> runs = ctx.program.callable(id).runs;
  TypeId joined = value_type(ctx, runs[0], use);
  for (CallableId callee : runs) {
    const TypeId type = value_type(ctx, callee, use);
    const bool none = ctx.types.is(type, TypeKind::Void) || ctx.types.is(joined, TypeKind::Void);
    const TypeId both = type == joined ? type
                        : none         ? TypeId()
                                       : join_types(ctx.types, joined, type);
    if (!both.valid()) {
      report_apart(ctx, ctx.program.callable(id), runs[0], joined, callee, type, use);
      joined = ctx.types.error;
      break;
    }
    joined = both;
  }
  if (!ctx.types.is(joined, TypeKind::Void))
    set_value(ctx, id, joined, ctx.program.callable(id).decl->name.span);
}

}  // namespace

void infer_result(Context& ctx, CallableId id, Span use) {
  if (ctx.program.callable(id).kind == CallableKind::Extern) return;
  if (!ctx.program.callable(id).runs.empty()) return infer_run(ctx, id, use);
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
