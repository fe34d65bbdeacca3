#include "frontend/sema/calls/calls.h"

#include <algorithm>

#include "frontend/habits/habits.h"
#include "frontend/sema/calls/asked_shape.h"
#include "frontend/sema/calls/binder.h"
#include "frontend/sema/calls/callee.h"
#include "frontend/sema/calls/counted.h"
#include "frontend/sema/calls/effects.h"
#include "frontend/sema/calls/results.h"
#include "frontend/sema/exprs/expressions.h"
#include "frontend/sema/exprs/refused_literals.h"
#include "frontend/sema/files/imported_names.h"
#include "frontend/sema/templates/regex_groups.h"
#include "frontend/sema/types/conversions.h"
#include "frontend/sema/types/type_exprs.h"
#include "frontend/sema/wording.h"

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

namespace {

/// A node that makes a command or a query of a text that was computed.
void warn_unsafe(Context& ctx, const ast::CallExpr& call, const Callable& callable) {
  if (callable.kind != CallableKind::Extern || callable.out_port < 0) return;
  TypeId type = callable.outputs[callable.out_port].type;
  if (!is_template_type(ctx.types, type)) return;
  ctx.diagnostics
      .report(diag::unsafe_template, call.callee->span, ctx.text(callable.name), a_type(ctx, type))
      .label("nothing is checked or quoted")
      .note("interpolations in a literal are bound, and cannot become part of the command");
}

TypeId check_callable(Env& env, const ast::CallExpr& call, CallableId id, const StageCall* stage,
                      const ast::Expr* checked) {
  Context& ctx = env.ctx;
  bool allowed = stage != nullptr || stands_in_expressions(ctx.types, ctx.program.callable(id));
  if (!allowed) report_effect(env, call, ctx.program.callable(id));
  if (env.scope == nullptr)
    ctx.diagnostics
        .report(diag::constant_call, call.callee->span, ctx.text(ctx.program.callable(id).name))
        .label("runs only in a flow")
        .note("a default is a constant: literals, records, lists and operators");
  bool bound = bind_ports(env, call, id, stage, checked);
  infer_result(ctx, id, call.callee->span);
  const Callable& callable = ctx.program.callable(id);
  if (!allowed || (!bound && !has_effects(callable))) return ctx.types.error;
  warn_unsafe(ctx, call, callable);
  const std::vector<TypeId>& outputs = ctx.program.calls.at(call.id).outputs;
  if (callable.out_port >= 0)
    return outputs.empty() ? callable.outputs[callable.out_port].type : outputs[callable.out_port];
  if (stage != nullptr) return ctx.types.void_;
  ctx.diagnostics.report(diag::no_value, call.span, ctx.text(callable.name))
      .label("nothing to use here");
  return ctx.types.error;
}

/// Whether the argument of an unknown node was meant as a type.
bool reads_as_type(const Context& ctx, const ast::Expr& expr) {
  if (expr.kind == ast::ExprKind::List) {
    const auto& list = ast::as<ast::ListExpr>(expr);
    return list.items.size() == 1 && reads_as_type(ctx, *list.items[0]);
  }
  if (expr.kind != ast::ExprKind::Name) return false;
  Symbol name = ast::as<ast::NameExpr>(expr).name;
  return is_builtin_type(ctx.text(name)) || ctx.visible.type(name, expr.span.file) != nullptr;
}

void check_arguments_only(Env& env, const ast::CallExpr& call) {
  if (call.callee->kind == ast::ExprKind::Field)
    check_expr(env, *ast::as<ast::FieldExpr>(*call.callee).base);
  for (const ast::Argument& argument : call.arguments)
    if (argument.value != nullptr && argument.value->kind != ast::ExprKind::Lambda &&
        !reads_as_type(env.ctx, *argument.value))
      check_expr(env, *argument.value);
}

TypeId report_unknown_callee(Env& env, const ast::CallExpr& call, const ast::Name& name) {
  Context& ctx = env.ctx;
  check_arguments_only(env, call);
  if (!name.symbol.valid()) {
    if (call.callee->kind != ast::ExprKind::Error)
      ctx.diagnostics
          .report(diag::not_a_node, call.callee->span, "value", ctx.sources.text(call.callee->span))
          .label("not a node's name");
    return ctx.types.error;
  }
  std::string_view text = ctx.text(name.symbol);
  bool is_key = call.callee->kind == ast::ExprKind::Name && env.scope != nullptr &&
                env.scope->store.contains(name.symbol);
  if (is_key) {
    const Key& key = ctx.program.key(env.scope->store.at(name.symbol).id);
    ctx.diagnostics.report(diag::not_a_node, name.span, "key", text)
        .label("holds a value")
        .secondary(key.span, "the key");
    return ctx.types.error;
  }
  if (begins_with_key(ctx, env.scope, name) || explain_import(ctx, name)) return ctx.types.error;
  auto report = ctx.diagnostics.report(diag::unknown_node, name.span, text);
  report.label("no node of this name");
  show_import(report, ctx, name);
  const habits::Name* habit = habits::find_name(text);
  if (habit == nullptr)
    suggest_node(report, ctx, name);
  else if (habit->here.empty())
    report.help(std::string(habit->help));
  else
    report.help(fmt::format("here it is called `{}`", habit->here),
                {name.span, std::string(habit->here)});
  return ctx.types.error;
}

/// The value that decides between nodes of one name: the receiver or what is
/// piped, else the first argument. `expr` is null for a piped one.
struct Decisive {
  const ast::Expr* expr = nullptr;
  TypeId type;
};

Decisive decisive(Env& env, const ast::CallExpr& call, const StageCall* stage) {
  Decisive found;
  if (call.callee->kind == ast::ExprKind::Field)
    found.expr = ast::as<ast::FieldExpr>(*call.callee).base;
  else if (stage != nullptr && !env.ctx.types.is(stage->piped, TypeKind::Void))
    return {nullptr, stage->piped};
  else if (!call.arguments.empty() && !call.arguments[0].name.valid())
    found.expr = call.arguments[0].value;
  if (found.expr != nullptr) found.type = check_expr(env, *found.expr);
  return found;
}

/// Whether the call is one of the language's `run`, which any flow of that name hides.
bool is_run(const Env& env, const ast::CallExpr& call, const ast::Name& name) {
  return name.symbol.valid() && env.ctx.text(name.symbol) == "run" &&
         call.callee->kind == ast::ExprKind::Name && !env.ctx.call_types.empty();
}

/// `run(step)` runs the call that the value is.
TypeId check_run(Env& env, const ast::CallExpr& call, const StageCall* stage) {
  Context& ctx = env.ctx;
  Decisive step = decisive(env, call, stage);
  auto runner = ctx.runners.find(step.type);
  if (runner != ctx.runners.end())
    return check_callable(env, call, runner->second, stage, step.expr);
  // A call type without a runner has been reported.
  bool reported = std::ranges::any_of(ctx.call_types,
                                      [&](const CallType& type) { return type.type == step.type; });
  if (!reported && (!step.type.valid() || !ctx.types.is(step.type, TypeKind::Error))) {
    auto report = ctx.diagnostics.report(diag::not_runnable,
                                         step.expr != nullptr ? step.expr->span : call.span,
                                         step.type.valid() ? a_type(ctx, step.type) : "nothing");
    report.label("no call").note("`run` takes a value of a type `call(…)`");
  }
  return ctx.types.error;
}

/// The standard node of the callable's name with the prefix, or none.
CallableId node_beside(const Context& ctx, const Callable& callable, std::string_view prefix) {
  Symbol name = ctx.names.intern(fmt::format("{}{}", prefix, ctx.text(callable.name)));
  return ctx.callable({name, callable.decl->name.span});
}

/// The types that have nodes of their own beside others of a name, and how those begin.
struct Overload {
  TypeKind kind;
  std::string_view prefix;
};
constexpr Overload kOverloads[] = {
    {TypeKind::Stream, "stream_"}, {TypeKind::Map, "map_"}, {TypeKind::Bytes, "bytes_"}};

/// `take` of a stream is the node `stream_take` when there is one, `get` of a map
/// is `map_get`.
CallableId overload(Env& env, CallableId id, TypeId first) {
  Context& ctx = env.ctx;
  if (!first.valid()) return id;
  TypeKind kind = ctx.types.kind(unwrapped(ctx.types, first));
  const auto* row = std::ranges::find(kOverloads, kind, &Overload::kind);
  if (row == std::end(kOverloads)) return id;
  CallableId found = node_beside(ctx, ctx.program.callable(id), row->prefix);
  return found.valid() ? found : id;
}

/// Whether nodes of the name are told apart by their first argument.
bool has_overloads(Context& ctx, CallableId id) {
  const Callable& callable = ctx.program.callable(id);
  if (callable.kind != CallableKind::Extern || callable.ports.empty()) return false;
  return std::ranges::any_of(kOverloads, [&](const Overload& row) {
    return node_beside(ctx, callable, row.prefix).valid();
  });
}

}  // namespace

TypeId check_call(Env& env, const ast::CallExpr& call, Expect expect, const StageCall* stage) {
  ast::Name name = callee_name(call);
  if (call.callee->kind == ast::ExprKind::Field && ast::as<ast::FieldExpr>(*call.callee).optional) {
    check_arguments_only(env, call);
    env.ctx.diagnostics.report(diag::optional_call, name.span, env.ctx.text(name.symbol))
        .label("called here")
        .help("give a value for `none` with `??`, or test it with `if`");
    return env.ctx.types.error;
  }
  Callee callee = find_callee(env.ctx, name);
  if (callee.builtin != nullptr) return check_builtin(env, call, *callee.builtin, expect, stage);
  if (callee.callable.valid()) {
    Decisive first;
    if (has_overloads(env.ctx, callee.callable)) first = decisive(env, call, stage);
    CallableId id = overload(env, callee.callable, first.type);
    TypeId type = check_callable(env, call, id, stage, first.expr);
    check_argument_literals(env.ctx, call);
    check_capture(env.ctx, call);
    check_asked_shape(env.ctx, call);
    return type;
  }
  if (is_run(env, call, name)) return check_run(env, call, stage);
  if (is_count_of_calls(env.ctx, call)) return check_count_of_calls(env, call);
  return report_unknown_callee(env, call, name);
}

}  // namespace pflow::sema
