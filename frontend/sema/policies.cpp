#include "frontend/sema/policies.h"

#include "frontend/sema/nearest.h"

namespace pflow::sema {

namespace {

void check_max(Context& ctx, const ast::Stage& stage, const ast::PolicyEntry& policy) {
  ctx.program.expr_types[policy.value->id.index] = ctx.types.int_;
  bool positive =
      policy.value->kind == ast::ExprKind::Int && ast::as<ast::IntExpr>(*policy.value).value > 0;
  if (!positive && policy.value->kind != ast::ExprKind::Error)
    ctx.diagnostics.report(diag::policy_value, policy.value->span).label("not a number above 0");
  // Whether a labelled stage runs twice is a question of paths: see flow/jumps.cpp.
  if (stage.label.symbol.valid()) return;
  ctx.diagnostics.report(diag::policy_not_applicable, policy.name.span, "max")
      .label("bounds how often it runs")
      .note("only a stage with a label, to which a jump leads, runs more than once");
}

}  // namespace

void check_policies(Context& ctx, const ast::Stage& stage) {
  const ast::PolicyEntry* seen = nullptr;
  for (const ast::PolicyEntry& policy : stage.policies) {
    std::string_view name = ctx.text(policy.name.symbol);
    if (name != "max") {
      auto report = ctx.diagnostics.report(diag::unknown_policy, policy.name.span, name);
      report.label("not a policy");
      suggest_nearest(report, name, policy.name.span, {"max"}, "policy");
      continue;
    }
    if (seen != nullptr)
      ctx.diagnostics.report(diag::duplicate_declaration, policy.name.span, name)
          .label("given again")
          .secondary(seen->name.span, "given here first");
    else
      check_max(ctx, stage, policy);
    seen = &policy;
  }
}

}  // namespace pflow::sema
