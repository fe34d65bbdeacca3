#include "frontend/sema/stages/policies.h"

#include <algorithm>

#include "frontend/sema/calls/callee.h"
#include "frontend/sema/calls/calls.h"
#include "frontend/sema/exprs/expressions.h"
#include "frontend/sema/nearest.h"
#include "frontend/sema/stages/keys.h"
#include "frontend/sema/stages/policy_rules.h"
#include "frontend/sema/stages/region_facts.h"
#include "frontend/sema/types/conversions.h"
#include "frontend/sema/wording.h"
#include "ir/error_kinds.h"

namespace pflow::sema {

using ir::Policy;
using ir::PolicyInfo;
using ir::PolicyValue;
using ir::TypeId;
using ir::TypeKind;

namespace {

/// The policies of one stage.
class PolicyChecker {
 public:
  PolicyChecker(Context& ctx, Scope& scope, const ast::Stage& stage)
      : ctx_(ctx), scope_(scope), stage_(stage) {}
  void check();

 private:
  void check_one(const ast::PolicyEntry& policy, const PolicyInfo& rule);
  bool check_value(const ast::PolicyEntry& policy, const PolicyInfo& rule);
  bool misfit(const ast::Expr& value, const PolicyInfo& rule);
  bool doubt(const ast::Expr& value, const PolicyInfo& rule);
  bool number(Env& env, const ast::Expr& value, const PolicyInfo& rule, int64_t least);
  bool duration(Env& env, const ast::Expr& value, const PolicyInfo& rule);
  bool ratio(Env& env, const ast::Expr& value, const PolicyInfo& rule, bool at_least_one);
  bool typed(Env& env, const ast::Expr& value, const PolicyInfo& rule, TypeId type);
  bool kinds(Env& env, const ast::Expr& value, const PolicyInfo& rule);
  bool lifetime(Env& env, const ast::Expr& value, const PolicyInfo& rule);
  bool share(Env& env, const ast::Expr& value, const PolicyInfo& rule);
  bool reaction(Env& env, const ast::Expr& value, const PolicyInfo& rule);
  bool skip_bounds(Env& env, const ast::CallExpr& skip);
  bool fallback(Env& env, const ast::Expr& value);
  bool none_fallback();
  void hold_fallback(Env& env, const ast::Expr& value, TypeId type);
  void check_retries();
  void add_own_retries();
  [[nodiscard]] const ast::PolicyEntry* given(Policy kind) const;
  [[nodiscard]] StageInfo& info() { return ctx_.program.stages[stage_.id.index]; }

  Context& ctx_;
  Scope& scope_;
  const ast::Stage& stage_;
  std::vector<std::pair<Policy, const ast::PolicyEntry*>> given_;
};

const ast::PolicyEntry* PolicyChecker::given(Policy kind) const {
  for (const auto& [known, entry] : given_)
    if (known == kind) return entry;
  return nullptr;
}

void PolicyChecker::check() {
  for (const ast::PolicyEntry& policy : stage_.policies) {
    std::string_view name = ctx_.text(policy.name.symbol);
    const PolicyInfo* rule = ir::find_policy(name);
    if (rule == nullptr) {
      auto report = ctx_.diagnostics.report(diag::unknown_policy, policy.name.span, name);
      report.label("not a policy");
      std::vector<std::string_view> names;
      for (const PolicyInfo& known : ir::all_policies())
        if (known.scope != ir::PolicyScope::Skipping) names.push_back(known.word);
      suggest_nearest(report, name, policy.name.span, std::move(names), "policy");
      continue;
    }
    if (const ast::PolicyEntry* earlier = given(rule->policy)) {
      ctx_.diagnostics.report(diag::duplicate_declaration, policy.name.span, name)
          .label("given again")
          .secondary(earlier->name.span, "given here first");
      continue;
    }
    given_.emplace_back(rule->policy, &policy);
    check_one(policy, *rule);
  }
  add_own_retries();
  check_retries();
}

void PolicyChecker::check_one(const ast::PolicyEntry& policy, const PolicyInfo& rule) {
  bool fits = check_value(policy, rule);
  std::string_view reason = why_not(ctx_, stage_, rule.policy);
  if (!reason.empty()) {
    ctx_.diagnostics.report(diag::policy_not_applicable, policy.name.span, rule.word)
        .label("cannot apply")
        .note(std::string(reason));
    return;
  }
  if (!fits || rule.policy == Policy::Max) return;
  bool off = rule.policy == Policy::Cache && policy.value->kind == ast::ExprKind::Bool &&
             !ast::as<ast::BoolExpr>(*policy.value).value;
  if (!off) info().policies.push_back({rule.policy, policy.value});
}

bool PolicyChecker::misfit(const ast::Expr& value, const PolicyInfo& rule) {
  bool reported = ctx_.types.is(ctx_.program.expr_types[value.id.index], TypeKind::Error) &&
                  value.kind == ast::ExprKind::Error;
  if (!reported)
    ctx_.diagnostics.report(diag::policy_value, value.span, rule.word, rule.expects)
        .label("does not fit");
  return false;
}

bool PolicyChecker::typed(Env& env, const ast::Expr& value, const PolicyInfo& rule, TypeId type) {
  TypeId found = check_expr(env, value, {type});
  if (ctx_.types.is(found, TypeKind::Error)) return false;
  return fits(env, value, type) ? coerce(env, value, type) : misfit(value, rule);
}

bool PolicyChecker::number(Env& env, const ast::Expr& value, const PolicyInfo& rule,
                           int64_t least) {
  if (!typed(env, value, rule, ctx_.types.int_)) return false;
  bool negative = value.kind == ast::ExprKind::Unary;
  bool small = value.kind == ast::ExprKind::Int && ast::as<ast::IntExpr>(value).value < least;
  return negative || small ? misfit(value, rule) : true;
}

/// What must end before it began would only ever fail.
bool PolicyChecker::duration(Env& env, const ast::Expr& value, const PolicyInfo& rule) {
  if (!typed(env, value, rule, ctx_.types.duration)) return false;
  bool limit = rule.policy == Policy::Timeout || rule.policy == Policy::Deadline;
  bool nothing =
      value.kind == ast::ExprKind::Duration && ast::as<ast::DurationExpr>(value).nanoseconds == 0;
  return value.kind == ast::ExprKind::Unary || (limit && nothing) ? misfit(value, rule) : true;
}

bool PolicyChecker::ratio(Env& env, const ast::Expr& value, const PolicyInfo& rule,
                          bool at_least_one) {
  if (!typed(env, value, rule, ctx_.types.float_)) return false;
  double known = 1;
  if (value.kind == ast::ExprKind::Int)
    known = static_cast<double>(ast::as<ast::IntExpr>(value).value);
  if (value.kind == ast::ExprKind::Float) known = ast::as<ast::FloatExpr>(value).value;
  bool small = at_least_one ? known < 1 : known <= 0;
  return small || value.kind == ast::ExprKind::Unary ? misfit(value, rule) : true;
}

bool PolicyChecker::kinds(Env& env, const ast::Expr& value, const PolicyInfo& rule) {
  if (!typed(env, value, rule, ctx_.types.list(ctx_.types.str))) return false;
  if (value.kind != ast::ExprKind::List) return true;
  for (const ast::Expr* item : ast::as<ast::ListExpr>(value).items) {
    if (item->kind != ast::ExprKind::Template) continue;
    const auto& text = ast::as<ast::TemplateExpr>(*item);
    if (!text.is_literal() || ir::find_error_kind(text.literal()) != nullptr) continue;
    auto report = ctx_.diagnostics.report(diag::policy_value, item->span, rule.word, rule.expects);
    report.label("no kind of error");
    std::vector<std::string_view> words;
    for (const ir::ErrorKind& kind : ir::kErrorKinds) words.push_back(kind.word);
    std::string_view nearest = nearest_name(text.literal(), std::move(words));
    if (!nearest.empty())
      report.help(fmt::format("a kind with a similar name exists: `{}`", nearest),
                  Edit{item->span, fmt::format("\"{}\"", nearest)});
    return false;
  }
  return true;
}

/// A text that stands there, since what becomes of a call in doubt is decided before anything runs.
bool PolicyChecker::doubt(const ast::Expr& value, const PolicyInfo& rule) {
  ctx_.program.expr_types[value.id.index] = ctx_.types.str;
  std::string_view word;
  if (value.kind == ast::ExprKind::Name) word = ctx_.text(ast::as<ast::NameExpr>(value).name);
  if (value.kind == ast::ExprKind::Template) {
    const auto& text = ast::as<ast::TemplateExpr>(value);
    if (text.is_literal()) word = text.literal();
    if (text.is_literal() && ir::find_doubt(word)) return true;
  }
  auto report = ctx_.diagnostics.report(diag::policy_value, value.span, rule.word, rule.expects);
  report.label("does not fit");
  std::string_view nearest =
      ir::find_doubt(word) ? word : nearest_name(word, {ir::kDoubts.begin(), ir::kDoubts.end()});
  if (!nearest.empty())
    report.help(fmt::format("it is one of these texts: `\"{}\"`", nearest),
                Edit{value.span, fmt::format("\"{}\"", nearest)});
  return false;
}

bool PolicyChecker::lifetime(Env& env, const ast::Expr& value, const PolicyInfo& rule) {
  TypeId type = check_expr(env, value);
  if (ctx_.types.is(type, TypeKind::Error)) return false;
  bool fits = value.kind == ast::ExprKind::Bool || ctx_.types.is(type, TypeKind::Duration);
  return (fits && value.kind != ast::ExprKind::Unary) || misfit(value, rule);
}

bool PolicyChecker::share(Env& env, const ast::Expr& value, const PolicyInfo& rule) {
  if (!typed(env, value, rule, ctx_.types.float_)) return false;
  bool large = value.kind == ast::ExprKind::Float && ast::as<ast::FloatExpr>(value).value > 1;
  bool whole = value.kind == ast::ExprKind::Int && ast::as<ast::IntExpr>(value).value > 1;
  return large || whole || value.kind == ast::ExprKind::Unary ? misfit(value, rule) : true;
}

/// The arguments of `skip(max: n, share: x)`.
bool PolicyChecker::skip_bounds(Env& env, const ast::CallExpr& skip) {
  std::vector<std::string_view> names;
  for (const PolicyInfo& known : ir::all_policies())
    if (known.scope == ir::PolicyScope::Skipping) names.push_back(known.inner_word());
  for (const ast::Argument& argument : skip.arguments) {
    std::string_view name = argument.name.valid() ? ctx_.text(argument.name) : "";
    const PolicyInfo* bound = ir::find_skip_bound(name);
    if (bound == nullptr || argument.value == nullptr) {
      Span place = argument.name.valid() ? argument.name_span : argument.span;
      auto report = ctx_.diagnostics.report(diag::skip_bound, place);
      report.label("expected `max:` or `share:`");
      suggest_nearest(report, name, place, names, "bound");
      return false;
    }
    auto& policies = info().policies;
    if (std::ranges::any_of(policies, [&](const auto& one) { return one.kind == bound->policy; })) {
      ctx_.diagnostics.report(diag::duplicate_declaration, argument.name_span, name)
          .label("given again");
      return false;
    }
    bool fits = bound->value == PolicyValue::Share ? share(env, *argument.value, *bound)
                                                   : number(env, *argument.value, *bound, 0);
    if (!fits) return false;
    policies.push_back({bound->policy, argument.value});
  }
  return true;
}

/// `stop` and `skip` are words here, no keys and no node.
bool PolicyChecker::reaction(Env& env, const ast::Expr& value, const PolicyInfo& rule) {
  ctx_.program.expr_types[value.id.index] = ctx_.types.void_;
  const ast::CallExpr* call =
      value.kind == ast::ExprKind::Call ? &ast::as<ast::CallExpr>(value) : nullptr;
  const ast::Expr& named = call != nullptr ? *call->callee : value;
  std::string_view word;
  if (named.kind == ast::ExprKind::Name) word = ctx_.text(ast::as<ast::NameExpr>(named).name);
  if (word != "skip" && (word != "stop" || call != nullptr)) return misfit(value, rule);
  info().skips_items = word == "skip";
  return call == nullptr || skip_bounds(env, *call);
}

bool PolicyChecker::check_value(const ast::PolicyEntry& policy, const PolicyInfo& rule) {
  const ast::Expr& value = *policy.value;
  const StagePlace place = ctx_.stage_places[stage_.id.index];
  Env env = env_at(ctx_, scope_, scope_.graph->node_of(stage_), place.error_key);
  switch (rule.value) {
    case PolicyValue::Count: return number(env, value, rule, 0);
    case PolicyValue::Number:
    case PolicyValue::Bound: return number(env, value, rule, 1);
    case PolicyValue::Factor: return ratio(env, value, rule, true);
    case PolicyValue::Positive: return ratio(env, value, rule, false);
    case PolicyValue::Duration: return duration(env, value, rule);
    case PolicyValue::Switch: return typed(env, value, rule, policy_type(ctx_.types, rule.policy));
    case PolicyValue::Kinds: return kinds(env, value, rule);
    case PolicyValue::Lifetime: return lifetime(env, value, rule);
    case PolicyValue::Share: return share(env, value, rule);
    case PolicyValue::Doubt: return doubt(value, rule);
    case PolicyValue::Reaction: return reaction(env, value, rule);
    case PolicyValue::Result: return fallback(env, value);
  }
  return false;
}

/// `fallback: none` of an `each` makes its items optional.
bool PolicyChecker::none_fallback() {
  TypeId value = info().value;
  TypeKind kind = ctx_.types.kind(value);
  if (kind != TypeKind::List && kind != TypeKind::Stream) return true;
  TypeId item = ctx_.types.opt(ctx_.types.get(value).element);
  info().value = kind == TypeKind::List ? ctx_.types.list(item) : ctx_.types.stream(item);
  info().optional_items = true;
  return true;
}

/// What stands in for the stage's value, or for that of an item of `each`.
void PolicyChecker::hold_fallback(Env& env, const ast::Expr& value, TypeId type) {
  TypeId wanted = info().value;
  bool each = stage_.kind == ast::StageKind::Each;
  TypeKind kind = ctx_.types.kind(wanted);
  if (each && (kind == TypeKind::List || kind == TypeKind::Stream))
    wanted = ctx_.types.get(wanted).element;
  if (ctx_.types.is(type, TypeKind::Error) || ctx_.types.is(wanted, TypeKind::Error)) return;
  if (ctx_.types.is(wanted, TypeKind::Void) || ctx_.types.is(type, TypeKind::Never)) return;
  if (ctx_.types.is(type, TypeKind::Void)) {
    ctx_.diagnostics.report(diag::no_value, value.span, ctx_.sources.text(value.span))
        .label("gives no value")
        .secondary(stage_.expr != nullptr ? stage_.expr->span : Span(),
                   fmt::format("stands in for {}", a_type(ctx_, wanted)));
    return;
  }
  coerce(env, value, wanted,
         {stage_.expr != nullptr ? stage_.expr->span : Span(),
          fmt::format("gives {}", a_type(ctx_, wanted))});
}

bool PolicyChecker::fallback(Env& env, const ast::Expr& value) {
  bool each = stage_.kind == ast::StageKind::Each;
  Span word = given_.back().second->name.span;
  info().fallback_error = add_scope_key(
      ctx_, scope_, {KeyKind::Error, ctx_.names.intern("error"), ctx_.types.error_record, word});
  env.error_key = info().fallback_error;
  if (each && info().item.valid()) env.locals.push_back(info().item);
  if (each && value.kind == ast::ExprKind::None) {
    ctx_.program.expr_types[value.id.index] = ctx_.types.none;
    return none_fallback();
  }
  TypeId type;
  if (value.kind == ast::ExprKind::Call) {
    StageCall call{stage_, nullptr, ctx_.types.void_};
    type = check_call(env, ast::as<ast::CallExpr>(value), {}, &call);
    ctx_.program.expr_types[value.id.index] = type;
  } else {
    TypeId wanted = info().value;
    if (each && ctx_.types.get(wanted).element.valid()) wanted = ctx_.types.get(wanted).element;
    bool expects = !ctx_.types.is(wanted, TypeKind::Void);
    type = check_expr(env, value, {expects ? wanted : TypeId()});
  }
  hold_fallback(env, value, type);
  return true;
}

/// A node may say how often its calls are tried when they do not say it.
void PolicyChecker::add_own_retries() {
  const Callable* callable = stage_callable(ctx_, stage_);
  if (callable == nullptr || callable->attributes.retries <= 0) return;
  if (given(Policy::Retries) == nullptr) info().policies.push_back({Policy::Retries, nullptr});
}

/// What says how to try again needs that something is tried again.
void PolicyChecker::check_retries() {
  const std::vector<StagePolicy>& policies = info().policies;
  bool retries = std::any_of(policies.begin(), policies.end(), [](const StagePolicy& policy) {
    return policy.kind == Policy::Retries;
  });
  if (retries || given(Policy::Retries) != nullptr) return;
  for (const StagePolicy& policy : policies) {
    const ast::PolicyEntry* entry = given(policy.kind);
    if (entry == nullptr || !ir::find_policy(ctx_.text(entry->name.symbol))->needs_retries())
      continue;
    ctx_.diagnostics
        .report(diag::policy_not_applicable, entry->name.span, ctx_.text(entry->name.symbol))
        .label("nothing is tried again")
        .help("say how often with `retries`");
    return;
  }
}

}  // namespace

void check_policies(Context& ctx, Scope& scope, const ast::Stage& stage) {
  PolicyChecker(ctx, scope, stage).check();
}

}  // namespace pflow::sema
