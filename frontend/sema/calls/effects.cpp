#include "frontend/sema/calls/effects.h"

namespace pflow::sema {

namespace {

std::string_view callee_kind(const Callable& callee) {
  return callee.kind == CallableKind::Flow ? "a flow" : "a node with effects";
}

}  // namespace

void report_effect(Env& env, const ast::CallExpr& call, const Callable& callee) {
  Context& ctx = env.ctx;
  std::string_view name = ctx.text(callee.name);
  if (env.scope != nullptr && env.scope->node != nullptr) {
    ctx.diagnostics.report(diag::effect_in_function, call.span, name)
        .label(fmt::format("{} is called", callee_kind(callee)))
        .secondary(env.scope->node->name.span, "a function node is pure")
        .help("declare it as a `flow`, and make the call a stage of it");
    return;
  }
  auto report = ctx.diagnostics.report(diag::effect_in_expression, call.span, name);
  report.label(fmt::format("{} is called", callee_kind(callee)));
  if (env.assign != nullptr && env.assign->value == &call) {
    report.help("make it a stage of its own",
                Edit{env.assign->span, fmt::format("{} -> {}", ctx.sources.text(call.span),
                                                   ctx.text(env.assign->key.symbol))});
    return;
  }
  bool whole_let = env.let != nullptr && env.let->let.value == &call;
  if (whole_let) {
    std::string_view key = ctx.text(env.let->let.name.symbol);
    report.help("make it a stage of its own",
                Edit{env.let->span, fmt::format("{} -> {}", ctx.sources.text(call.span), key)});
    return;
  }
  report.help(fmt::format("make it a stage before, `{}(…) -> key`, and use the key here", name));
}

}  // namespace pflow::sema
