#include "frontend/sema/calls/counted.h"

#include "frontend/sema/calls/callee.h"
#include "frontend/sema/stages/keys.h"

namespace pflow::sema {

using ir::TypeId;

namespace {

TypeId misused(Env& env, Span span, std::string_view how, std::string label, std::string help) {
  env.ctx.diagnostics.report(diag::calls_misused, span, how)
      .label(std::move(label))
      .help(std::move(help));
  return env.ctx.types.error;
}

}  // namespace

bool is_count_of_calls(const Context& ctx, const ast::CallExpr& call) {
  return call.callee->kind == ast::ExprKind::Name &&
         ctx.text(ast::as<ast::NameExpr>(*call.callee).name) == "calls";
}

TypeId check_count_of_calls(Env& env, const ast::CallExpr& call) {
  Context& ctx = env.ctx;
  const bool in_test = env.scope != nullptr && env.scope->flow != nullptr &&
                       env.scope->flow->kind == ast::DeclKind::Test;
  if (!in_test)
    return misused(env, call.span, "stands outside of a test", "nothing is counted here",
                   "`assert calls(f) == 1` belongs into the list of statements of a `test`");
  const ast::Expr* named = call.arguments.size() == 1 && !call.arguments[0].name.valid()
                               ? call.arguments[0].value
                               : nullptr;
  if (named == nullptr || named->kind != ast::ExprKind::Name)
    return misused(env, call.span, "takes the name of one node or flow", "which one is counted?",
                   "write `calls(llm)`");
  const ast::Name name{ast::as<ast::NameExpr>(*named).name, named->span};
  const Callee callee = find_callee(ctx, name);
  if (callee.builtin == nullptr && !callee.callable.valid()) {
    auto report = ctx.diagnostics.report(diag::unknown_node, name.span, ctx.text(name.symbol));
    report.label("no node or flow of this name");
    suggest_node(report, ctx, name);
    return ctx.types.error;
  }
  if (callee.builtin != nullptr || !has_effects(ctx.program.callable(callee.callable)))
    return misused(env, named->span,
                   fmt::format("does not count `{}`, which is pure", ctx.text(name.symbol)),
                   "has no effects", "count a node with effects, or a flow");
  ctx.program.expr_types[named->id.index] = ctx.types.void_;
  CallInfo info;
  info.builtin = Builtin::Calls;
  ctx.program.calls[call.id] = std::move(info);
  ctx.program.counted[call.id] = callee.callable;
  return ctx.types.int_;
}

}  // namespace pflow::sema
