#include "frontend/sema/stages/policy_rules.h"

#include <array>

#include "frontend/ast/walk.h"
#include "frontend/sema/calls/callee.h"

namespace pflow::sema {

namespace {

constexpr std::array<PolicyRule, 14> kRules = {{
    {PolicyKind::Retries, "retries", "a whole number, 0 or more", false},
    {PolicyKind::Wait, "wait", "a duration, like `1s`", true},
    {PolicyKind::Backoff, "backoff", "a number, 1 or more", true},
    {PolicyKind::MaxWait, "max_wait", "a duration, like `60s`", true},
    {PolicyKind::Jitter, "jitter", "`true` or `false`", true},
    {PolicyKind::RetryOn, "retry_on", "a list of kinds of errors, like `[\"timeout\"]`", true},
    {PolicyKind::Timeout, "timeout", "a duration, like `30s`", false},
    {PolicyKind::Deadline, "deadline", "a duration, like `5m`", false},
    {PolicyKind::Cache, "cache", "`true` or a duration, like `1d`", false},
    {PolicyKind::Parallel, "parallel", "a whole number above 0", false},
    {PolicyKind::Rate, "rate", "a number of starts a second, above 0", false},
    {PolicyKind::OnError, "on_error", "`stop` or `skip`", false},
    {PolicyKind::Fallback, "fallback", "a value, or a call", false},
    {PolicyKind::Max, "max", "a whole number above 0", false},
}};

bool is_call_of(const Context& ctx, const ast::Stage& stage, Builtin builtin) {
  if (stage.kind != ast::StageKind::Expr) return false;
  auto call = ctx.program.calls.find(stage.expr->id);
  return call != ctx.program.calls.end() && call->second.builtin == builtin;
}

std::string_view why_not_cached(const Context& ctx, const ast::Stage& stage) {
  if (stage.kind == ast::StageKind::Each) return {};
  const Callable* callable = stage_callable(ctx, stage);
  if (callable == nullptr) return "only a call has arguments to look up";
  if (value_is_incidental(*callable)) return "from the cache, it would write nothing";
  return {};
}

}  // namespace

std::span<const PolicyRule> all_policies() { return kRules; }

const PolicyRule* find_policy(std::string_view name) {
  for (const PolicyRule& rule : kRules)
    if (rule.name == name) return &rule;
  return nullptr;
}

bool stage_has_effects(const Context& ctx, const ast::Stage& stage) {
  if (stage.kind == ast::StageKind::Expr) {
    const Callable* callable = stage_callable(ctx, stage);
    if (callable != nullptr) return has_effects(*callable);
    // An unknown node has been reported, and may have some.
    return stage.expr->kind == ast::ExprKind::Call && !ctx.program.calls.contains(stage.expr->id);
  }
  bool effects = false;
  for_each_block(stage, [&](const ast::Block& block) {
    for (const ast::Statement* statement : block.statements) {
      const ast::Chain* chain = chain_of(*statement);
      if (effects || chain == nullptr) continue;
      for (const ast::Stage* inner : chain->stages)
        effects = effects || stage_has_effects(ctx, *inner);
    }
  });
  return effects;
}

std::string_view why_not(const Context& ctx, const ast::Stage& stage, PolicyKind kind) {
  bool each = stage.kind == ast::StageKind::Each;
  switch (kind) {
    case PolicyKind::Parallel:
    case PolicyKind::Rate:
    case PolicyKind::OnError: return each ? "" : "only `each` runs items";
    case PolicyKind::Max:
      // Whether a labelled stage runs twice is a question of paths: see flow/jumps.cpp.
      if (stage.kind == ast::StageKind::Repeat || stage.label.symbol.valid()) return "";
      return "only a labelled stage, to which a jump leads, and `repeat` run more than once";
    case PolicyKind::Retries:
    case PolicyKind::Wait:
    case PolicyKind::Backoff:
    case PolicyKind::MaxWait:
    case PolicyKind::Jitter:
    case PolicyKind::RetryOn:
    case PolicyKind::Timeout:
    case PolicyKind::Deadline:
    case PolicyKind::Cache:
    case PolicyKind::Fallback: break;
  }
  if (ast::only_leaves(stage.kind)) return "nothing runs here";
  if (stage.kind == ast::StageKind::If || stage.kind == ast::StageKind::Match)
    return "put the `if` or `match` into `{ … }`, which takes it";
  if (is_call_of(ctx, stage, Builtin::Choose) || is_call_of(ctx, stage, Builtin::Fail))
    return "it only says how control goes on";
  if (kind == PolicyKind::Fallback) return "";
  if (!stage_has_effects(ctx, stage))
    return kind == PolicyKind::Cache || kind == PolicyKind::Timeout || kind == PolicyKind::Deadline
               ? "it has no effects: there is nothing to wait for"
               : "it has no effects: it would fail the same way again";
  return kind == PolicyKind::Cache ? why_not_cached(ctx, stage) : "";
}

}  // namespace pflow::sema
