// The functions that map, filter, fold and sort_by apply: lambdas and node names.
#include "frontend/sema/calls/callee.h"
#include "frontend/sema/calls/calls.h"
#include "frontend/sema/calls/results.h"
#include "frontend/sema/exprs/expressions.h"
#include "frontend/sema/stages/keys.h"
#include "frontend/sema/types/conversions.h"
#include "frontend/sema/wording.h"

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

namespace {

TypeId check_lambda(Env& env, const ast::LambdaExpr& lambda, std::string_view callee,
                    const std::vector<TypeId>& params, Expect expect) {
  Context& ctx = env.ctx;
  size_t outer = env.locals.size();
  FunctionArgument argument;
  for (size_t i = 0; i < lambda.params.size(); ++i) {
    const ast::Name& name = lambda.params[i];
    TypeId type = i < params.size() ? params[i] : ctx.types.error;
    Key key{KeyKind::Lambda, name.symbol, type, name.span};
    KeyId id = env.scope != nullptr ? add_scope_key(ctx, *env.scope, key) : ctx.add_key(key);
    argument.params.push_back(id);
    check_free(env, name);
    env.locals.push_back(id);
  }
  TypeId result = check_expr(env, *lambda.body, expect);
  if (expect.type.valid() && !expect.lenient)
    result = coerce(env, *lambda.body, expect.type,
                    {lambda.params.empty() ? lambda.span : lambda.params[0].span,
                     fmt::format("what `{}` needs", callee)})
                 ? expect.type
                 : ctx.types.error;
  else
    result = kept_type(ctx, result, lambda.body->span);
  env.locals.resize(outer);
  ctx.program.functions[lambda.id] = std::move(argument);
  if (lambda.params.size() == params.size()) return result;
  ctx.diagnostics
      .report(diag::lambda_arity, lambda.span, count_text(params.size(), "parameter"),
              lambda.params.size())
      .label(fmt::format("`{}` gives it {}", callee, params.size()));
  return ctx.types.error;
}

/// The ports that the parameters go to: one goes to the `in` port, more in order.
bool accepts(const Context& ctx, const Callable& callable, const std::vector<TypeId>& params,
             std::string& why) {
  std::vector<bool> fed(callable.ports.size());
  if (callable.ports.size() < params.size()) {
    why = fmt::format("it takes {}, not {}", count_text(callable.ports.size(), "argument"),
                      params.size());
    return false;
  }
  for (size_t i = 0; i < params.size(); ++i) {
    size_t port = params.size() == 1 && callable.in_port >= 0 ? callable.in_port : i;
    fed[port] = true;
    if (callable.ports[port].takes_any || converts(ctx.types, params[i], callable.ports[port].type))
      continue;
    why = fmt::format("its port `{}` is {}, not {}", ctx.text(callable.ports[port].name),
                      a_type(ctx, callable.ports[port].type), a_type(ctx, params[i]));
    return false;
  }
  for (size_t i = 0; i < fed.size(); ++i)
    if (!fed[i] && callable.ports[i].default_value == nullptr) {
      why = fmt::format("its port `{}` would not be bound", ctx.text(callable.ports[i].name));
      return false;
    }
  return true;
}

TypeId report_unfit(Env& env, const ast::NameExpr& name, std::string_view callee, std::string why,
                    size_t params) {
  auto report =
      env.ctx.diagnostics.report(diag::bad_function_argument, name.span, env.ctx.text(name.name),
                                 fmt::format("the items of `{}`", callee));
  report.label("does not fit");
  if (!why.empty()) report.note(std::move(why));
  if (params == 1)
    report.help("write a lambda",
                Edit{name.span, fmt::format("x => {}(x)", env.ctx.text(name.name))});
  return env.ctx.types.error;
}

template <typename T>
T* make_expr(Context& ctx, ast::ExprKind kind, Span span) {
  T* expr = ctx.checked.files[0]->arena.make<T>();
  expr->kind = kind;
  expr->id = ast::ExprId(ctx.program.expr_types.size());
  expr->span = span;
  ctx.program.expr_types.push_back(ctx.types.error);
  ctx.program.expr_wanted.emplace_back();
  ctx.program.expr_asked.emplace_back();
  ctx.program.expr_keys.emplace_back();
  return expr;
}

/// The lambda that calls a node of the compiler, or a generic one, by its name:
/// `x => x.f()`, `(a, b) => f(a, b)`. No key can have its parameters' names.
const ast::LambdaExpr* lambda_of(Context& ctx, const ast::NameExpr& name, size_t count) {
  Arena& arena = ctx.checked.files[0]->arena;
  std::vector<ast::Name> params;
  std::vector<ast::Argument> arguments;
  for (size_t i = 0; i < count; ++i) {
    params.push_back({ctx.names.intern(fmt::format("{} {}", "item", i + 1)), name.span});
    auto* value = make_expr<ast::NameExpr>(ctx, ast::ExprKind::Name, name.span);
    value->name = params.back().symbol;
    arguments.push_back({{}, name.span, name.span, value, nullptr});
  }
  auto* call = make_expr<ast::CallExpr>(ctx, ast::ExprKind::Call, name.span);
  if (count == 1) {
    auto* callee = make_expr<ast::FieldExpr>(ctx, ast::ExprKind::Field, name.span);
    callee->base = arguments[0].value;
    callee->field = {name.name, name.span};
    callee->optional = false;
    call->callee = callee;
  } else {
    call->callee = &name;
    call->arguments = arena.copy(arguments);
  }
  auto* lambda = make_expr<ast::LambdaExpr>(ctx, ast::ExprKind::Lambda, name.span);
  lambda->params = arena.copy(params);
  lambda->body = call;
  return lambda;
}

TypeId check_node_name(Env& env, const ast::NameExpr& name, std::string_view callee,
                       const std::vector<TypeId>& params, Expect expect) {
  Context& ctx = env.ctx;
  Callee found = find_callee(ctx, {name.name, name.span});
  bool generic =
      found.callable.valid() && !ctx.program.callable(found.callable).type_params.empty();
  if (found.builtin != nullptr || generic) {
    const ast::LambdaExpr* lambda = lambda_of(ctx, name, params.size());
    TypeId result = check_lambda(env, *lambda, callee, params, expect);
    ctx.program.functions[name.id] = {ctx.program.functions[lambda->id].params, {}, lambda};
    return result;
  }
  ctx.program.expr_types[name.id.index] = ctx.types.void_;
  ctx.program.functions[name.id] = {{}, found.callable, nullptr};
  if (has_effects(ctx.program.callable(found.callable))) {
    ctx.diagnostics.report(diag::effect_in_expression, name.span, ctx.text(name.name))
        .label("only a pure node fits here");
    return ctx.types.error;
  }
  infer_result(ctx, found.callable, name.span);
  const Callable& callable = ctx.program.callable(found.callable);
  std::string why;
  if (!accepts(ctx, callable, params, why))
    return report_unfit(env, name, callee, std::move(why), 0);
  if (callable.out_port < 0) return report_unfit(env, name, callee, "it gives no value", 0);
  TypeId result = callable.outputs[callable.out_port].type;
  if (!expect.type.valid() || expect.lenient || converts(ctx.types, result, expect.type))
    return expect.type.valid() && !expect.lenient ? expect.type : result;
  return report_unfit(
      env, name, callee,
      fmt::format("it gives {}, not {}", a_type(ctx, result), a_type(ctx, expect.type)), 0);
}

}  // namespace

TypeId check_function(Env& env, const ast::Expr& expr, std::string_view callee,
                      const std::vector<TypeId>& params, Expect expect) {
  Context& ctx = env.ctx;
  ctx.program.expr_types[expr.id.index] = ctx.types.void_;
  if (expr.kind == ast::ExprKind::Error) return ctx.types.error;
  if (expr.kind == ast::ExprKind::Lambda)
    return check_lambda(env, ast::as<ast::LambdaExpr>(expr), callee, params, expect);
  if (expr.kind == ast::ExprKind::Name) {
    const auto& name = ast::as<ast::NameExpr>(expr);
    if (find_callee(ctx, {name.name, name.span}))
      return check_node_name(env, name, callee, params, expect);
  }
  TypeId type = check_expr(env, expr);
  if (ctx.types.is(type, TypeKind::Error)) return type;
  ctx.diagnostics
      .report(diag::bad_function_argument, expr.span, ctx.sources.text(expr.span),
              fmt::format("the items of `{}`", callee))
      .label("expected a lambda or node")
      .secondary(expr.span, fmt::format("`{}`", ctx.type_text(type)));
  return ctx.types.error;
}

}  // namespace pflow::sema
