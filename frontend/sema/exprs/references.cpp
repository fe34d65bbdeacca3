// Names in expressions: what a bare name and `label.port` mean.
#include <algorithm>

#include "frontend/habits/habits.h"
#include "frontend/sema/calls/callee.h"
#include "frontend/sema/calls/results.h"
#include "frontend/sema/exprs/expr_forms.h"
#include "frontend/sema/exprs/expressions.h"
#include "frontend/sema/files/imported_names.h"
#include "frontend/sema/flow/flow_checks.h"
#include "frontend/sema/nearest.h"
#include "frontend/sema/stages/each_ports.h"
#include "frontend/sema/stages/keys.h"
#include "frontend/sema/stages/policy_rules.h"
#include "frontend/sema/types/narrowing.h"
#include "frontend/sema/types/type_exprs.h"
#include "frontend/sema/wording.h"

namespace pflow::sema {

using ir::TypeId;

namespace {

TypeId read_key(Env& env, const ast::Expr& expr, KeyId key, TypeId type) {
  env.ctx.program.expr_keys[expr.id.index] = key;
  return narrowed_type(env, key, {}, type);
}

/// The type of an output port that a stage writes, read as a key of its own.
TypeId read_output(Env& env, const ast::Expr& expr, const ast::Stage& stage, Symbol port) {
  Context& ctx = env.ctx;
  const Callable* callable = stage_callable(ctx, stage);
  if (callable == nullptr) return ctx.types.error;
  int index = find_output(*callable, port);
  if (index < 0) return ctx.types.error;
  check_fallback_sets(ctx, stage, index, expr.span);
  Scope& owner = *ctx.stage_places[stage.id.index].scope;
  TypeId type = stage_output_type(ctx, owner, stage, index, expr.span);
  return read_key(env, expr, output_key(ctx, *env.scope, stage, index, port, type), type);
}

/// `work.skipped` of the `each` with that label.
TypeId read_each_port(Env& env, const ast::FieldExpr& expr, const ast::Stage& each) {
  Context& ctx = env.ctx;
  EachPort port = find_each_port(ctx, expr.field.symbol);
  if (port == EachPort::None) return {};
  if (report_early_port(ctx, each, port, expr.field.span)) return ctx.types.error;
  if (port == EachPort::Results) ctx.check_stage(*ctx.stage_places[each.id.index].scope, each);
  TypeId type = each_port_type(ctx, each, port);
  if (ctx.types.is(type, ir::TypeKind::Void)) {
    ctx.diagnostics.report(diag::no_value, expr.field.span, ctx.sources.text(expr.span))
        .label("its items give no value")
        .secondary(each.label.span, "the `each`");
    return ctx.types.error;
  }
  int index = static_cast<int>(port);
  return read_key(env, expr, output_key(ctx, *env.scope, each, index, expr.field.symbol, type),
                  type);
}

void suggest_name(DiagnosticBuilder& report, const Env& env, const ast::Name& name) {
  const Context& ctx = env.ctx;
  std::vector<std::string_view> candidates;
  for (KeyId local : env.locals) candidates.push_back(ctx.text(ctx.program.key(local).name));
  if (env.scope != nullptr)
    for (Symbol key : keys_in_sight(*env.scope)) candidates.push_back(ctx.text(key));
  if (!nearest_name(ctx.text(name.symbol), candidates).empty() || env.scope == nullptr)
    return suggest_nearest(report, ctx.text(name.symbol), name.span, std::move(candidates), "key");
  candidates.clear();
  for (const Scope* at = env.scope; at != nullptr; at = at->outer)
    for (const auto& [label, span] : at->labels) candidates.push_back(ctx.text(label));
  suggest_nearest(report, ctx.text(name.symbol), name.span, std::move(candidates), "label");
}

/// `null` and the like.
bool suggest_value(DiagnosticBuilder& report, std::string_view text, Span span) {
  std::string_view here = habits::find_value(text);
  if (here.empty()) return false;
  report.help(fmt::format("write `{}`", here), {span, std::string(here)});
  if (text != "yes" && text != "no") report.certain();  // they may be meant as text
  return true;
}

/// A key of the body of an `each` in this scope.
bool explain_each_key(DiagnosticBuilder& report, const Context& ctx, const Scope& scope,
                      const ast::NameExpr& expr) {
  for (const auto& body : scope.bodies) {
    if (!body->store.owns(expr.name)) continue;
    report.secondary(ctx.program.key(body->store.at(expr.name).id).span, "a key of each item")
        .note(
            "the keys of an `each` are seen in its body alone; only the value of its last "
            "statement leaves it, into `} -> key`");
    return true;
  }
  return false;
}

TypeId report_unknown(Env& env, const ast::NameExpr& expr) {
  Context& ctx = env.ctx;
  std::string_view text = ctx.text(expr.name);
  if (text == "error") {
    ctx.diagnostics.report(diag::error_outside, expr.span)
        .label("not on an error edge")
        .note(
            "`error` is set in the chain of a transition from the action \"error\", in "
            "`on error` and in `fallback`");
  } else if (is_builtin_type(text)) {
    ctx.diagnostics.report(diag::type_argument, expr.span).label("names a type");
  } else if (ctx.visible.import(expr.name, expr.span.file) != nullptr) {
    ctx.diagnostics.report(diag::no_value_name, expr.span, "import", text)
        .label("names a file")
        .note(fmt::format("what the file declares is written `{}.name`", text));
  } else if (find_callee(ctx, {expr.name, expr.span})) {
    ctx.diagnostics.report(diag::no_value_name, expr.span, "node", text)
        .label("names a node")
        .note(
            "a node's name stands alone only as an argument of `map`, `filter`, `fold` or "
            "`sort_by`, and where a `tool` is wanted");
  } else if (begins_with_key(ctx, env.scope, {expr.name, expr.span}) ||
             explain_import(ctx, {expr.name, expr.span})) {
    return ctx.types.error;
  } else if (env.scope == nullptr) {
    ctx.diagnostics.report(diag::not_constant, expr.span, text)
        .label("not a constant")
        .note("a default is the same for every call: it sees no keys and no parameters");
  } else {
    auto report = ctx.diagnostics.report(diag::unknown_name, expr.span, text);
    report.label(env.scope->flow != nullptr ? "not found in this flow" : "not found in this node");
    show_import(report, ctx, {expr.name, expr.span});
    if (suggest_value(report, text, expr.span) || explain_each_key(report, ctx, *env.scope, expr))
      return ctx.types.error;
    suggest_name(report, env, {expr.name, expr.span});
  }
  return ctx.types.error;
}

TypeId check_natural(Env& env, const ast::NameExpr& expr) {
  Context& ctx = env.ctx;
  if (env.scope != nullptr && env.scope->graph != nullptr && env.at.valid()) {
    Natural natural = env.scope->graph->natural(expr.name, env.at);
    if (natural.kind == Natural::Kind::One)
      return read_output(env, expr, *natural.stage, expr.name);
    if (report_natural(*env.scope->graph, ctx.names, expr.name, expr.span, env.at, ctx.diagnostics))
      return ctx.types.error;
  }
  return report_unknown(env, expr);
}

}  // namespace

TypeId check_name(Env& env, const ast::NameExpr& expr) {
  Context& ctx = env.ctx;
  for (auto local = env.locals.rbegin(); local != env.locals.rend(); ++local)
    if (const Key& key = ctx.program.key(*local); key.name == expr.name)
      return read_key(env, expr, *local, key.type);
  if (env.scope != nullptr) {
    if (auto found = env.scope->store.find(expr.name); found != env.scope->store.end()) {
      TypeId type = key_type(ctx, *env.scope, expr.name, expr.span);
      return read_key(env, expr, found->second.id, type);
    }
    if (env.error_key.valid() && ctx.text(expr.name) == "error")
      return read_key(env, expr, env.error_key, ctx.types.error_record);
    if (Span label = label_span(*env.scope, expr.name); label.valid()) {
      ctx.diagnostics.report(diag::no_value_name, expr.span, "label", ctx.text(expr.name))
          .label("names a stage")
          .secondary(label, "the label")
          .note(fmt::format("read what the stage gives as `{}.port`", ctx.text(expr.name)));
      return ctx.types.error;
    }
  }
  return check_natural(env, expr);
}

bool is_label_read(const Env& env, const ast::FieldExpr& expr) {
  if (expr.base->kind != ast::ExprKind::Name || env.scope == nullptr) return false;
  Symbol name = ast::as<ast::NameExpr>(*expr.base).name;
  bool local = std::any_of(env.locals.begin(), env.locals.end(),
                           [&](KeyId key) { return env.ctx.program.key(key).name == name; });
  return !local && !env.scope->store.contains(name) && label_span(*env.scope, name).valid();
}

TypeId check_label_read(Env& env, const ast::FieldExpr& expr) {
  Context& ctx = env.ctx;
  Symbol name = ast::as<ast::NameExpr>(*expr.base).name;
  env.ctx.program.expr_types[expr.base->id.index] = ctx.types.void_;
  const LabelInfo* label = env.scope->graph->label(name, env.at);
  if (label == nullptr || label->stage == nullptr) return ctx.types.error;
  if (label->stage->kind == ast::StageKind::Each)
    if (TypeId type = read_each_port(env, expr, *label->stage); type.valid()) return type;
  const Callable* callable = stage_callable(ctx, *label->stage);
  if (callable != nullptr && find_output(*callable, expr.field.symbol) >= 0)
    return read_output(env, expr, *label->stage, expr.field.symbol);
  auto report =
      ctx.diagnostics.report(diag::unknown_output, expr.field.span,
                             fmt::format("`{}`", ctx.text(name)), ctx.text(expr.field.symbol));
  report.label("no such output").secondary(label->stage->label.span, "the stage");
  std::vector<std::string_view> candidates;
  if (label->stage->kind == ast::StageKind::Each) candidates = each_port_names();
  if (callable != nullptr)
    for (const PortInfo& port : callable->outputs)
      if (port.name.valid()) candidates.push_back(ctx.text(port.name));
  note_outputs(report, candidates);
  suggest_nearest(report, ctx.text(expr.field.symbol), expr.field.span, std::move(candidates),
                  "output");
  return ctx.types.error;
}

}  // namespace pflow::sema
