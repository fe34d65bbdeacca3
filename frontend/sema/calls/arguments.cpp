#include "frontend/sema/calls/arguments.h"

#include <algorithm>

#include "frontend/sema/exprs/expressions.h"
#include "frontend/sema/nearest.h"
#include "frontend/sema/types/type_exprs.h"
#include "frontend/sema/wording.h"

namespace pflow::sema {

namespace {

class Assigner {
 public:
  Assigner(Env& env, const ast::CallExpr& call, const PortNames& ports, bool piped);

  void receiver();
  void positional(const ast::Argument& argument);
  void named(const ast::Argument& argument);
  void suggest_policy(DiagnosticBuilder& report, const ast::Argument& argument);

  std::vector<const ast::Expr*> values;
  std::vector<const ast::Argument*> types;
  bool complete = true;

 private:
  void bind_argument(size_t port, const ast::Argument& argument);
  void duplicate(size_t port, Span at, Span first);
  [[nodiscard]] bool takes_type(size_t port) const {
    return port < ports_.takes_type.size() && ports_.takes_type[port];
  }
  void bind(size_t port, const ast::Expr& value, Span at);
  void too_many(const ast::Argument& argument);

  Env& env_;
  const ast::CallExpr& call_;
  const PortNames& ports_;
  size_t next_ = 0;
  int skipped_ = -1;  ///< the `in` port, when the piped value is to go there
};

Assigner::Assigner(Env& env, const ast::CallExpr& call, const PortNames& ports, bool piped)
    : values(ports.names.size()), types(ports.names.size()), env_(env), call_(call), ports_(ports) {
  size_t positional =
      std::count_if(call.arguments.begin(), call.arguments.end(),
                    [](const ast::Argument& argument) { return !argument.name.valid(); });
  if (piped && ports.in_port >= 0 && positional < ports.names.size()) skipped_ = ports.in_port;
}

void Assigner::bind(size_t port, const ast::Expr& value, Span at) {
  if (values[port] == nullptr) {
    values[port] = &value;
    return;
  }
  check_expr(env_, value);
  duplicate(port, at, values[port]->span);
}

void Assigner::duplicate(size_t port, Span at, Span first) {
  env_.ctx.diagnostics.report(diag::duplicate_argument, at, ports_.names[port])
      .label("bound again")
      .secondary(first, "bound here first");
}

/// A written argument of the port, which takes a value or a type.
void Assigner::bind_argument(size_t port, const ast::Argument& argument) {
  if (takes_type(port)) {
    if (types[port] != nullptr) return duplicate(port, argument.span, types[port]->span);
    types[port] = &argument;
  } else if (argument.value != nullptr) {
    bind(port, *argument.value, argument.span);
  } else {
    complete = false;
    env_.ctx.diagnostics.report(diag::type_argument, argument.span).label("not a value");
  }
}

void Assigner::receiver() {
  const ast::Expr& base = *ast::as<ast::FieldExpr>(*call_.callee).base;
  if (values.empty()) {
    check_expr(env_, base);
    env_.ctx.diagnostics
        .report(diag::too_many_arguments, base.span, ports_.callee, "no arguments", "one")
        .label("has no port to go to");
    return;
  }
  bind(ports_.in_port >= 0 ? ports_.in_port : 0, base, base.span);
}

void Assigner::too_many(const ast::Argument& argument) {
  if (argument.value != nullptr) check_expr(env_, *argument.value);
  if (!std::exchange(complete, false)) return;
  size_t given = call_.arguments.size() + (call_.callee->kind == ast::ExprKind::Field ? 1 : 0);
  env_.ctx.diagnostics
      .report(diag::too_many_arguments, argument.span, ports_.callee,
              count_text(ports_.names.size(), "argument"), given)
      .label("has no port to go to");
}

void Assigner::positional(const ast::Argument& argument) {
  auto taken = [&] {
    return next_ < values.size() && (values[next_] != nullptr || types[next_] != nullptr ||
                                     static_cast<int>(next_) == skipped_);
  };
  while (taken()) ++next_;
  if (next_ >= values.size()) return too_many(argument);
  bind_argument(next_++, argument);
}

/// `llm(question, retries: 3)`: a policy stands behind the call.
void Assigner::suggest_policy(DiagnosticBuilder& report, const ast::Argument& argument) {
  std::string_view written = env_.ctx.sources.text(argument.span);
  const ast::Argument* before = &argument == call_.arguments.data() ? nullptr : &argument - 1;
  Span out = argument.span;
  if (before != nullptr) out.begin = before->span.end;
  if (before == nullptr && call_.arguments.size() > 1) out.end = call_.arguments[1].span.begin;
  Span behind{call_.close.file, call_.close.end, call_.close.end};
  report.edits(fmt::format("a policy stands behind the call: `with ({})`", written),
               {{out, ""}, {behind, fmt::format(" with ({})", written)}});
}

void Assigner::named(const ast::Argument& argument) {
  std::string_view name = env_.ctx.text(argument.name);
  auto found = std::find(ports_.names.begin(), ports_.names.end(), name);
  if (found != ports_.names.end()) return bind_argument(found - ports_.names.begin(), argument);
  complete = false;
  bool type = argument.value != nullptr && argument.value->kind == ast::ExprKind::Name &&
              is_builtin_type(env_.ctx.text(ast::as<ast::NameExpr>(*argument.value).name));
  if (argument.value != nullptr && !type) check_expr(env_, *argument.value);
  auto report =
      env_.ctx.diagnostics.report(diag::unknown_argument, argument.name_span, ports_.callee, name);
  report.label("no such port");
  if (ir::find_policy(name) != nullptr)
    suggest_policy(report, argument);
  else
    suggest_nearest(report, name, argument.name_span, ports_.names, "port");
}

}  // namespace

Assigned assign_arguments(Env& env, const ast::CallExpr& call, const PortNames& ports, bool piped) {
  Assigner assigner(env, call, ports, piped);
  if (call.callee->kind == ast::ExprKind::Field) assigner.receiver();
  for (const ast::Argument& argument : call.arguments) {
    if (argument.name.valid())
      assigner.named(argument);
    else
      assigner.positional(argument);
  }
  return {std::move(assigner.values), std::move(assigner.types), assigner.complete};
}

}  // namespace pflow::sema
