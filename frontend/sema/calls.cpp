#include "frontend/sema/calls.h"

#include <algorithm>

#include "frontend/sema/arguments.h"
#include "frontend/sema/callee.h"
#include "frontend/sema/conversions.h"
#include "frontend/sema/effects.h"
#include "frontend/sema/expressions.h"
#include "frontend/sema/keys.h"
#include "frontend/sema/nearest.h"
#include "frontend/sema/regex_literals.h"
#include "frontend/sema/results.h"
#include "frontend/sema/wording.h"

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

namespace {

/// Binds the ports of one call of a node or flow.
class Binder {
 public:
  Binder(Env& env, const ast::CallExpr& call, CallableId id, const StageCall* stage)
      : env_(env), ctx_(env.ctx), call_(call), id_(id), stage_(stage) {}

  /// False when a port is left without a value: reported.
  bool bind();

 private:
  [[nodiscard]] const PortInfo& port(size_t i) const { return ctx_.program.callable(id_).ports[i]; }
  [[nodiscard]] std::string_view callee() const {
    return ctx_.text(ctx_.program.callable(id_).name);
  }
  [[nodiscard]] bool has_piped() const {
    return stage_ != nullptr && !ctx_.types.is(stage_->piped, TypeKind::Void);
  }
  BoundArgument bind_port(size_t i, const ast::Expr* value);
  BoundArgument bind_expr(size_t i, const ast::Expr& value);
  BoundArgument bind_piped(size_t i);
  bool bind_key(size_t i, BoundArgument& bound);
  KeyId key_here(Symbol name);
  void report_missing(size_t i);
  void hold_to(size_t i, TypeId type, Span span, std::string_view what);

  Env& env_;
  Context& ctx_;
  const ast::CallExpr& call_;
  CallableId id_;
  const StageCall* stage_;
  bool complete_ = true;  ///< every written argument has a port
  bool failed_ = false;
};

bool Binder::bind() {
  const Callable& callable = ctx_.program.callable(id_);
  PortNames ports{callee(), {}, callable.in_port};
  for (const PortInfo& port : callable.ports) ports.names.push_back(ctx_.text(port.name));
  Assigned assigned = assign_arguments(env_, call_, ports, has_piped());
  complete_ = assigned.complete;
  std::vector<BoundArgument> bound;
  for (size_t i = 0; i < assigned.values.size(); ++i)
    bound.push_back(bind_port(i, assigned.values[i]));
  ctx_.program.calls[call_.id] = {id_, Builtin::None, std::move(bound)};
  return complete_ && !failed_;
}

BoundArgument Binder::bind_port(size_t i, const ast::Expr* value) {
  if (value != nullptr) return bind_expr(i, *value);
  if (static_cast<int>(i) == ctx_.program.callable(id_).in_port && has_piped())
    return bind_piped(i);
  BoundArgument bound;
  if (port(i).default_value != nullptr) {
    bound.expr = port(i).default_value;
    bound.from = port(i).type;
    return bound;
  }
  if (bind_key(i, bound)) return bound;
  if (complete_) report_missing(i);
  failed_ = true;
  return bound;
}

BoundArgument Binder::bind_expr(size_t i, const ast::Expr& value) {
  BoundArgument bound{ArgumentSource::Expr, &value, {}, {}};
  const PortInfo target = port(i);
  if (target.takes_any) {
    bound.from = check_expr(env_, value);
    if (check_displayable(env_, value) && holds_secret(ctx_.types, bound.from))
      ctx_.diagnostics.report(diag::secret_shown, value.span)
          .label("a `secret`")
          .secondary(target.span, "shown by this port");
    return bound;
  }
  check_as(env_, value, target.type,
           {target.span,
            fmt::format("the port `{}` is {}", ctx_.text(target.name), a_type(ctx_, target.type))});
  if (target.is_regex) check_regex(ctx_, value);
  bound.from = type_of(env_, value);
  return bound;
}

/// A value that is no expression of the call: the piped one or a key.
void Binder::hold_to(size_t i, TypeId type, Span span, std::string_view what) {
  const PortInfo& target = port(i);
  bool fits = target.takes_any
                  ? can_interpolate(ctx_.types, type) && !holds_secret(ctx_.types, type)
                  : converts(ctx_.types, type, target.type);
  if (fits) return;
  if (target.takes_any && holds_secret(ctx_.types, type)) {
    ctx_.diagnostics.report(diag::secret_shown, call_.callee->span)
        .label("shown here")
        .secondary(span, fmt::format("{} {}", what, a_type(ctx_, type)));
    return;
  }
  if (target.takes_any) {
    ctx_.diagnostics.report(diag::not_interpolated, call_.callee->span, ctx_.type_text(type))
        .label("expected a value with a text")
        .secondary(span, fmt::format("{} {}", what, a_type(ctx_, type)));
    return;
  }
  ctx_.diagnostics
      .report(diag::type_mismatch, call_.callee->span, ctx_.type_text(target.type),
              ctx_.type_text(type))
      .label(fmt::format("the port `{}` is {}", ctx_.text(target.name), a_type(ctx_, target.type)))
      .secondary(span, fmt::format("{} {}", what, a_type(ctx_, type)));
}

BoundArgument Binder::bind_piped(size_t i) {
  hold_to(i, stage_->piped, stage_->previous->span, "passes on");
  return {ArgumentSource::Piped, nullptr, {}, stage_->piped};
}

/// The key of the name that every path to here has set; none without.
KeyId Binder::key_here(Symbol name) {
  for (auto local = env_.locals.rbegin(); local != env_.locals.rend(); ++local)
    if (ctx_.program.key(*local).name == name) return *local;
  if (env_.scope == nullptr) return {};
  auto found = env_.scope->store.find(name);
  if (found == env_.scope->store.end()) return {};
  const FlowGraph* graph = env_.scope->graph.get();
  if (graph != nullptr && !graph->set_on_every_path(name, env_.at)) return {};
  key_type(ctx_, *env_.scope, name, call_.callee->span);
  return found->second.id;
}

bool Binder::bind_key(size_t i, BoundArgument& bound) {
  KeyId id = key_here(port(i).name);
  if (!id.valid()) return false;
  const Key key = ctx_.program.key(id);
  hold_to(i, key.type, key.span, "the key is");
  bound = {ArgumentSource::Key, nullptr, id, key.type};
  return true;
}

void Binder::report_missing(size_t i) {
  const PortInfo target = port(i);
  std::string_view name = ctx_.text(target.name);
  auto report = ctx_.diagnostics.report(diag::missing_argument, call_.callee->span, name, callee());
  report.label(fmt::format("needs `{}: {}`", name, ctx_.type_text(target.type)))
      .secondary(target.span, "the port");
  if (env_.scope == nullptr) return;
  std::string keys;
  std::vector<std::string_view> candidates;
  for (Symbol key : env_.scope->store_order) {
    bool set = env_.scope->graph == nullptr || env_.scope->graph->set_on_every_path(key, env_.at);
    if (!set) continue;
    TypeId type = key_type(ctx_, *env_.scope, key, call_.callee->span);
    candidates.push_back(ctx_.text(key));
    if (ctx_.types.is(type, TypeKind::Error)) continue;
    keys +=
        fmt::format("{}`{}` ({})", keys.empty() ? "" : ", ", ctx_.text(key), ctx_.type_text(type));
  }
  if (!keys.empty()) report.note(fmt::format("keys here: {}", keys));
  std::string_view nearest = nearest_name(name, candidates);
  Span close{call_.close.file, call_.close.begin, call_.close.begin};
  std::string_view comma = call_.arguments.empty() ? "" : ", ";
  if (!nearest.empty() && call_.close.valid())
    report.help(fmt::format("a key with a similar name exists: `{}`", nearest),
                Edit{close, fmt::format("{}{}: {}", comma, name, nearest)});
}

TypeId check_callable(Env& env, const ast::CallExpr& call, CallableId id, const StageCall* stage) {
  Context& ctx = env.ctx;
  bool allowed = stage != nullptr || !has_effects(ctx.program.callable(id));
  if (!allowed) report_effect(env, call, ctx.program.callable(id));
  if (env.scope == nullptr)
    ctx.diagnostics
        .report(diag::constant_call, call.callee->span, ctx.text(ctx.program.callable(id).name))
        .label("runs only in a flow")
        .note("a default is a constant: literals, records, lists and operators");
  bool bound = Binder(env, call, id, stage).bind();
  infer_result(ctx, id, call.callee->span);
  const Callable& callable = ctx.program.callable(id);
  if (!allowed || (!bound && !has_effects(callable))) return ctx.types.error;
  if (callable.out_port >= 0) return callable.outputs[callable.out_port].type;
  if (stage != nullptr) return ctx.types.void_;
  ctx.diagnostics.report(diag::no_value, call.span, ctx.text(callable.name))
      .label("nothing to use here");
  return ctx.types.error;
}

void check_arguments_only(Env& env, const ast::CallExpr& call) {
  if (call.callee->kind == ast::ExprKind::Field)
    check_expr(env, *ast::as<ast::FieldExpr>(*call.callee).base);
  for (const ast::Argument& argument : call.arguments)
    if (argument.value != nullptr && argument.value->kind != ast::ExprKind::Lambda)
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
  auto report = ctx.diagnostics.report(diag::unknown_node, name.span, text);
  report.label("no node of this name");
  suggest_node(report, ctx, name);
  return ctx.types.error;
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
  Callee callee = find_callee(env.ctx, name.symbol);
  if (callee.builtin != nullptr) return check_builtin(env, call, *callee.builtin, expect, stage);
  if (callee.callable.valid()) return check_callable(env, call, callee.callable, stage);
  return report_unknown_callee(env, call, name);
}

}  // namespace pflow::sema
