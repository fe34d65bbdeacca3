#include "frontend/sema/calls/binder.h"

#include <algorithm>

#include "frontend/sema/calls/arguments.h"
#include "frontend/sema/exprs/expressions.h"
#include "frontend/sema/nearest.h"
#include "frontend/sema/stages/keys.h"
#include "frontend/sema/templates/regex_literals.h"
#include "frontend/sema/types/conversions.h"
#include "frontend/sema/types/generics.h"
#include "frontend/sema/types/instances.h"
#include "frontend/sema/types/type_exprs.h"
#include "frontend/sema/wording.h"

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

namespace {

/// Binds the ports of one call of a node or flow.
class Binder {
 public:
  Binder(Env& env, const ast::CallExpr& call, CallableId id, const StageCall* stage,
         const ast::Expr* checked)
      : env_(env),
        ctx_(env.ctx),
        call_(call),
        id_(id),
        stage_(stage),
        checked_(checked),
        types_(ctx_.types, ctx_.program.callable(id).type_params) {}

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
  PortNames port_names();
  void announce_outputs();
  void bind_types(const std::vector<const ast::Argument*>& written);
  void infer_rest();
  void hold_inferred(std::vector<BoundArgument>& bound);
  void add_instance(CallInfo& info);
  BoundArgument bind_port(size_t i, const ast::Expr* value);
  BoundArgument bind_expr(size_t i, const ast::Expr& value);
  BoundArgument bind_piped(size_t i);
  bool bind_key(size_t i, BoundArgument& bound);
  KeyId key_here(Symbol name);
  TypeId check_value(const ast::Expr& value, TypeId expected);
  void report_missing(size_t i);
  void offer_collect(DiagnosticBuilder& report, TypeId type, TypeId target) const;
  void report_shape(size_t i, const ast::Expr& value, TypeId type);
  void hold_to(size_t i, TypeId type, Span span, std::string_view what);

  Env& env_;
  Context& ctx_;
  const ast::CallExpr& call_;
  CallableId id_;
  const StageCall* stage_;
  const ast::Expr* checked_;  ///< an argument whose own type is known already
  TypeArguments types_;
  std::vector<size_t> inferred_;  ///< ports that a type parameter was inferred from
  bool complete_ = true;          ///< every written argument has a port
  bool failed_ = false;
};

PortNames Binder::port_names() {
  const Callable& callable = ctx_.program.callable(id_);
  PortNames ports{callee(), {}, callable.in_port, {}};
  for (const PortInfo& port : callable.ports) {
    ports.names.push_back(ctx_.text(port.name));
    ports.takes_type.push_back(port.is_type);
  }
  return ports;
}

bool Binder::bind() {
  Assigned assigned = assign_arguments(env_, call_, port_names(), has_piped());
  complete_ = assigned.complete;
  bind_types(assigned.types);
  announce_outputs();
  std::vector<BoundArgument> bound;
  for (size_t i = 0; i < assigned.values.size(); ++i)
    bound.push_back(port(i).is_type ? BoundArgument() : bind_port(i, assigned.values[i]));
  infer_rest();
  hold_inferred(bound);
  CallInfo info{id_, Builtin::None, std::move(bound), {}, {}, {}};
  if (!types_.all().empty()) add_instance(info);
  ctx_.program.calls[call_.id] = std::move(info);
  return complete_ && !failed_;
}

/// The types that the call says.
void Binder::bind_types(const std::vector<const ast::Argument*>& written) {
  for (size_t i = 0; i < written.size(); ++i)
    if (written[i] != nullptr) types_.bind(port(i).type, resolve_type_argument(ctx_, *written[i]));
}

/// What no argument can say is known before the arguments are: one of them may read a
/// key that the call itself sets.
void Binder::announce_outputs() {
  const Callable& callable = ctx_.program.callable(id_);
  for (const PortInfo& port : callable.ports) {
    if (!port.is_type || types_.is_bound(port.type) || !port.default_type.valid()) continue;
    const bool inferable =
        std::any_of(callable.ports.begin(), callable.ports.end(), [&](const PortInfo& other) {
          return !other.is_type && mentions(ctx_.types, other.type, port.type);
        });
    if (!inferable) types_.bind(port.type, port.default_type);
  }
  if (callable.type_params.empty()) return;
  CallInfo early{id_, Builtin::None, {}, {}, {}, {}};
  for (const PortInfo& output : callable.outputs) {
    if (!types_.closes(output.type)) return;
    early.outputs.push_back(types_.apply(output.type));
  }
  ctx_.program.calls[call_.id] = std::move(early);
}

/// What no argument says is the port's default; without one it is not known.
void Binder::infer_rest() {
  const Callable& callable = ctx_.program.callable(id_);
  const PortInfo* asks = nullptr;
  for (const PortInfo& port : callable.ports) {
    if (!port.is_type) continue;
    asks = &port;
    if (!types_.is_bound(port.type) && port.default_type.valid())
      types_.bind(port.type, port.default_type);
  }
  for (TypeId param : callable.type_params) {
    if (types_.is_bound(param)) continue;
    if (complete_ && !failed_) {
      auto report = ctx_.diagnostics.report(diag::type_not_inferred, call_.callee->span,
                                            ctx_.type_text(param), callee());
      report.label("of what type is not known").secondary(callable.decl->name.span, "the node");
      if (asks != nullptr) report.help(fmt::format("say it: `{}: T`", ctx_.text(asks->name)));
    }
    failed_ = true;
    types_.bind(param, ctx_.types.error);
  }
}

/// The expressions from which a type was inferred, held to what came of it.
void Binder::hold_inferred(std::vector<BoundArgument>& bound) {
  for (size_t i : inferred_) {
    const ast::Expr& value = *bound[i].expr;
    const PortInfo target = port(i);
    TypeId type = types_.apply(target.type);
    coerce(env_, value, type,
           {target.span,
            fmt::format("the port `{}` is {}", ctx_.text(target.name), a_type(ctx_, target.type))});
  }
}

void Binder::add_instance(CallInfo& info) {
  const Callable& callable = ctx_.program.callable(id_);
  info.type_arguments = types_.all();
  for (const PortInfo& port : callable.ports) info.ports.push_back(types_.apply(port.type));
  for (const PortInfo& output : callable.outputs) info.outputs.push_back(types_.apply(output.type));
  for (size_t i = 0; i < info.arguments.size(); ++i)
    if (info.arguments[i].source == ArgumentSource::Default) info.arguments[i].from = info.ports[i];
  failed_ = !check_instance(ctx_, call_, callable, info) || failed_;
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

/// Checks an argument, if that is not done.
TypeId Binder::check_value(const ast::Expr& value, TypeId expected) {
  if (&value == checked_) return type_of(env_, value);
  return check_expr(env_, value, {expected});
}

BoundArgument Binder::bind_expr(size_t i, const ast::Expr& value) {
  BoundArgument bound{ArgumentSource::Expr, &value, {}, {}};
  const PortInfo target = port(i);
  if (target.takes_any) {
    bound.from = check_value(value, {});
    if (check_displayable(env_, value) && holds_secret(ctx_.types, bound.from))
      ctx_.diagnostics.report(diag::secret_shown, value.span)
          .label("a `secret`")
          .secondary(target.span, "shown by this port");
    return bound;
  }
  if (!types_.closes(target.type)) {
    bound.from = check_value(value, {});
    types_.infer(target.type, bound.from);
    if (types_.closes(target.type) || ctx_.types.is(bound.from, TypeKind::None))
      inferred_.push_back(i);
    else
      report_shape(i, value, bound.from);
    return bound;
  }
  TypeId type = types_.apply(target.type);
  check_value(value, type);
  coerce(env_, value, type,
         {target.span,
          fmt::format("the port `{}` is {}", ctx_.text(target.name), a_type(ctx_, type))});
  if (target.is_regex) check_regex(ctx_, value);
  bound.from = type_of(env_, value);
  return bound;
}

/// Of a stream whose items are wanted at once.
void Binder::offer_collect(DiagnosticBuilder& report, TypeId type, TypeId target) const {
  if (ctx_.types.is(type, TypeKind::Stream) && ctx_.types.is(target, TypeKind::List))
    report.help("make a list of it: `collect(…)`");
}

/// The argument is no list, map or whatever else the port takes something of.
void Binder::report_shape(size_t i, const ast::Expr& value, TypeId type) {
  const PortInfo& target = port(i);
  failed_ = true;
  types_.infer(target.type, ctx_.types.error);
  auto report = ctx_.diagnostics.report(diag::type_mismatch, value.span,
                                        ctx_.type_text(target.type), ctx_.type_text(type));
  report.label(fmt::format("this is of type `{}`", ctx_.type_text(type)))
      .secondary(target.span, fmt::format("the port `{}`", ctx_.text(target.name)));
  offer_collect(report, type, target.type);
}

/// A value that is no expression of the call: the piped one or a key.
void Binder::hold_to(size_t i, TypeId type, Span span, std::string_view what) {
  PortInfo target = port(i);
  const TypeId wanted = target.type;
  if (!types_.closes(target.type)) types_.infer(target.type, type);
  if (types_.closes(target.type))
    target.type = types_.apply(target.type);
  else
    types_.infer(target.type, ctx_.types.error);
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
  auto report = ctx_.diagnostics.report(diag::type_mismatch, call_.callee->span,
                                        ctx_.type_text(target.type), ctx_.type_text(type));
  report
      .label(fmt::format("the port `{}` is {}", ctx_.text(target.name), a_type(ctx_, target.type)))
      .secondary(span, fmt::format("{} {}", what, a_type(ctx_, type)));
  offer_collect(report, type, wanted);
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

}  // namespace

bool bind_ports(Env& env, const ast::CallExpr& call, CallableId id, const StageCall* stage,
                const ast::Expr* checked) {
  return Binder(env, call, id, stage, checked).bind();
}

}  // namespace pflow::sema
