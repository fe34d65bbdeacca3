#include "frontend/sema/exprs/patterns.h"

#include <algorithm>
#include <map>

#include "frontend/sema/calls/callee.h"
#include "frontend/sema/exprs/expressions.h"
#include "frontend/sema/files/imported_names.h"
#include "frontend/sema/nearest.h"
#include "frontend/sema/stages/keys.h"
#include "frontend/sema/types/call_types.h"
#include "frontend/sema/types/conversions.h"
#include "frontend/sema/types/narrowing.h"
#include "frontend/sema/types/type_exprs.h"
#include "frontend/sema/wording.h"

namespace pflow::sema {

using ast::Pattern;
using ast::PatternKind;
using ir::TypeId;
using ir::TypeKind;

namespace {

/// The patterns of one `match`, arm by arm.
class PatternChecker {
 public:
  PatternChecker(Env& env, const ast::Expr& subject);

  ArmFacts arm(std::span<const Pattern> patterns);
  /// Reports the values that no arm takes.
  void finish(size_t arms);

 private:
  bool fit(const Pattern& pattern, bool alone, ArmFacts& facts);
  bool fit_text(const Pattern& pattern);
  TypeId variant_type(const Pattern& pattern);
  void suggest_variant(DiagnosticBuilder& report, const Pattern& pattern,
                       const std::vector<std::string>& names) const;
  bool fit_variant(const Pattern& pattern, bool alone, ArmFacts& facts);
  void bind(const Pattern& pattern, TypeId type, bool alone, ArmFacts& facts);
  bool misfit(const Pattern& pattern);
  void take(const Pattern& pattern);
  [[nodiscard]] std::vector<std::string> missing() const;
  [[nodiscard]] std::string spelling(const Pattern& pattern) const;

  Env& env_;
  Context& ctx_;
  const ast::Expr& subject_;
  TypeId type_;                        ///< of the subject …
  TypeId value_;                       ///< … and without its `?`
  bool failed_ = false;                ///< nothing is known of the subject
  bool misfit_ = false;                ///< a pattern was reported: what is missing is not known
  std::map<std::string, Span> taken_;  ///< by spelling; `_` too
};

bool is_matchable(TypeKind kind) {
  return kind == TypeKind::Str || kind == TypeKind::Union || kind == TypeKind::Int ||
         kind == TypeKind::Bool || kind == TypeKind::Sum || kind == TypeKind::Error ||
         kind == TypeKind::Never;
}

PatternChecker::PatternChecker(Env& env, const ast::Expr& subject)
    : env_(env),
      ctx_(env.ctx),
      subject_(subject),
      type_(type_of(env, subject)),
      value_(unwrapped(ctx_.types, type_)) {
  failed_ = ctx_.types.is(value_, TypeKind::Error) || ctx_.types.is(value_, TypeKind::Never);
  // Any optional can be told from `none`.
  if (ctx_.types.is(type_, TypeKind::Opt) || is_matchable(ctx_.types.kind(value_))) return;
  failed_ = true;
  auto report = ctx_.diagnostics.report(diag::not_matchable, subject.span, ctx_.type_text(type_));
  report.label("no patterns for this type");
  if (ctx_.types.is(type_, TypeKind::Json))
    report.help("say what it holds with `.as(T)`, and match that");
  else
    report.note("patterns are texts, whole numbers, `true`, `false`, `none` and variants");
}

std::string PatternChecker::spelling(const Pattern& pattern) const {
  switch (pattern.kind) {
    case PatternKind::Text: return fmt::format("\"{}\"", pattern.text);
    case PatternKind::Int: return std::to_string(pattern.integer);
    case PatternKind::Bool: return pattern.integer != 0 ? "true" : "false";
    case PatternKind::None: return "none";
    case PatternKind::Variant:
      return (pattern.is_call ? "call " : "") + std::string(ctx_.text(pattern.type.symbol));
    case PatternKind::Any: break;
  }
  return "_";
}

bool PatternChecker::misfit(const Pattern& pattern) {
  ctx_.diagnostics
      .report(diag::pattern_type, pattern.span, spelling(pattern), ctx_.type_text(type_))
      .label("never matches")
      .secondary(subject_.span, fmt::format("this is {}", a_type(ctx_, type_)));
  return false;
}

bool PatternChecker::fit_text(const Pattern& pattern) {
  if (ctx_.types.is(value_, TypeKind::Str)) return true;
  if (!ctx_.types.is(value_, TypeKind::Union)) return misfit(pattern);
  const std::vector<std::string>& literals = ctx_.types.get(value_).literals;
  if (std::binary_search(literals.begin(), literals.end(), pattern.text)) return true;
  auto report = ctx_.diagnostics.report(diag::pattern_type, pattern.span, spelling(pattern),
                                        ctx_.type_text(type_));
  report.label("never matches")
      .secondary(subject_.span, fmt::format("this is {}", a_type(ctx_, type_)));
  std::string_view nearest =
      nearest_name(pattern.text, std::vector<std::string_view>(literals.begin(), literals.end()));
  if (!nearest.empty())
    report.help(fmt::format("a member with a similar text exists: `\"{}\"`", nearest),
                Edit{pattern.span, fmt::format("\"{}\"", nearest)});
  return false;
}

void PatternChecker::bind(const Pattern& pattern, TypeId type, bool alone, ArmFacts& facts) {
  if (!pattern.binding.symbol.valid()) return;
  if (!alone)
    ctx_.diagnostics
        .report(diag::binding_among_patterns, pattern.binding.span,
                ctx_.text(pattern.binding.symbol))
        .label("what it is differs")
        .help("leave the name out, or write an arm for each pattern");
  check_free(env_, pattern.binding);
  Key key{KeyKind::Variant, pattern.binding.symbol, type, pattern.binding.span};
  KeyId id = env_.scope != nullptr ? add_scope_key(ctx_, *env_.scope, key) : ctx_.add_key(key);
  ctx_.program.variants[&pattern].binding = id;
  facts.locals.push_back(id);
}

/// The type of the pattern's name, or of the calls of the node.
TypeId PatternChecker::variant_type(const Pattern& pattern) {
  if (!pattern.is_call)
    return resolve_type_name(ctx_, imported_name(ctx_, pattern.module, pattern.type));
  const ast::Decl* decl = ctx_.visible.callable(pattern.type.symbol, pattern.type.span.file);
  if (decl != nullptr) return call_record(ctx_, *decl);
  auto report = ctx_.diagnostics.report(diag::unknown_node, pattern.type.span,
                                        ctx_.text(pattern.type.symbol));
  report.label("no node of this name");
  suggest_node(report, ctx_, pattern.type);
  return ctx_.types.error;
}

/// A call is replaced with its word.
void PatternChecker::suggest_variant(DiagnosticBuilder& report, const Pattern& pattern,
                                     const std::vector<std::string>& names) const {
  Span written = pattern.type.span;
  if (pattern.is_call) written.begin = pattern.span.begin;
  suggest_nearest(report, spelling(pattern), written, {names.begin(), names.end()}, "variant");
}

bool PatternChecker::fit_variant(const Pattern& pattern, bool alone, ArmFacts& facts) {
  std::vector<TypeId> variants = ctx_.types.get(value_).variants;
  std::vector<std::string> names;
  for (TypeId variant : variants) names.push_back(ctx_.type_text(variant));
  TypeId type = variant_type(pattern);
  bind(pattern, type, alone, facts);
  if (ctx_.types.is(type, TypeKind::Error)) return false;
  auto found = std::find(variants.begin(), variants.end(), type);
  if (found == variants.end()) {
    auto report = ctx_.diagnostics.report(diag::pattern_type, pattern.span, spelling(pattern),
                                          ctx_.type_text(type_));
    report.label("never matches")
        .secondary(subject_.span, fmt::format("this is {}", a_type(ctx_, type_)));
    suggest_variant(report, pattern, names);
    return false;
  }
  ctx_.program.variants[&pattern].variant = static_cast<size_t>(found - variants.begin());
  return true;
}

bool PatternChecker::fit(const Pattern& pattern, bool alone, ArmFacts& facts) {
  TypeKind kind = ctx_.types.kind(value_);
  switch (pattern.kind) {
    case PatternKind::Any: return true;
    case PatternKind::None: return ctx_.types.is(type_, TypeKind::Opt) || misfit(pattern);
    case PatternKind::Text: return fit_text(pattern);
    case PatternKind::Int: return kind == TypeKind::Int || misfit(pattern);
    case PatternKind::Bool: return kind == TypeKind::Bool || misfit(pattern);
    case PatternKind::Variant: return fit_variant(pattern, alone, facts);
  }
  return false;
}

/// Notes that the pattern takes its values, unless earlier ones have.
void PatternChecker::take(const Pattern& pattern) {
  std::string text = spelling(pattern);
  if (auto any = taken_.find("_"); any != taken_.end()) {
    ctx_.diagnostics.report(diag::unreachable_arm, pattern.span)
        .label("takes nothing")
        .secondary(any->second, "takes every value");
    return;
  }
  if (auto earlier = taken_.find(text); earlier != taken_.end()) {
    ctx_.diagnostics.report(diag::duplicate_pattern, pattern.span, text)
        .label("takes nothing")
        .secondary(earlier->second, "these are taken here");
    return;
  }
  if (pattern.kind == PatternKind::Any && !failed_ && missing().empty()) {
    ctx_.diagnostics.report(diag::unreachable_arm, pattern.span)
        .label("takes nothing")
        .secondary(subject_.span, "every value has an arm")
        .help("leave the arm out");
    return;
  }
  taken_.emplace(std::move(text), pattern.span);
}

ArmFacts PatternChecker::arm(std::span<const Pattern> patterns) {
  ArmFacts facts;
  bool none = false;
  for (const Pattern& pattern : patterns) {
    if (failed_ && pattern.binding.symbol.valid()) {
      bind(pattern, ctx_.types.error, true, facts);
      continue;
    }
    if (failed_) continue;
    none = none || pattern.kind == PatternKind::None ||
           (pattern.kind == PatternKind::Any && !taken_.contains("none"));
    if (fit(pattern, patterns.size() == 1, facts))
      take(pattern);
    else
      misfit_ = true;
  }
  if (none || failed_) return facts;
  size_t outer = env_.narrowed.size();
  narrow_set(env_, subject_);
  auto first = env_.narrowed.begin() + static_cast<ptrdiff_t>(outer);
  facts.narrowed.assign(first, env_.narrowed.end());
  env_.narrowed.erase(first, env_.narrowed.end());
  return facts;
}

/// What no pattern has taken yet, as it would be written.
std::vector<std::string> PatternChecker::missing() const {
  std::vector<std::string> all;
  const ir::Type& info = ctx_.types.get(value_);
  if (info.kind == TypeKind::Bool) all = {"true", "false"};
  for (const std::string& literal : info.literals) all.push_back(fmt::format("\"{}\"", literal));
  for (TypeId variant : info.variants) all.push_back(ctx_.type_text(variant));
  if (all.empty()) all.emplace_back("_");
  if (ctx_.types.is(type_, TypeKind::Opt)) all.emplace_back("none");
  std::erase_if(all, [&](const std::string& text) { return taken_.contains(text); });
  return all;
}

void PatternChecker::finish(size_t arms) {
  if (failed_ || misfit_ || taken_.contains("_")) return;
  std::vector<std::string> left = missing();
  if (left.empty()) return;
  constexpr size_t kShown = 4;
  std::string list;
  for (size_t i = 0; i < left.size() && i < kShown; ++i)
    list += fmt::format("{}{}", list.empty() ? "" : ", ",
                        left[i] == "_" ? fmt::format("every other `{}`", ctx_.type_text(value_))
                                       : fmt::format("`{}`", left[i]));
  if (left.size() > kShown) list += fmt::format(" and {} more", left.size() - kShown);
  auto report = ctx_.diagnostics.report(diag::patterns_missing, subject_.span, list);
  report.label(arms == 0 ? "has no arms" : fmt::format("this is {}", a_type(ctx_, type_)));
  KeyId key = ctx_.program.expr_keys[subject_.id.index];
  if (key.valid()) report.secondary(ctx_.program.key(key).span, "the key");
  report.help("add the arms, or `_ => …` for all others");
}

}  // namespace

TypeId check_subject(Env& env, const ast::Expr& subject) {
  return check_expr(env, subject, {{}, true});
}

std::vector<ArmFacts> check_patterns(Env& env, const ast::Expr& subject,
                                     std::span<const std::span<const Pattern>> arms) {
  PatternChecker checker(env, subject);
  std::vector<ArmFacts> facts;
  for (std::span<const Pattern> patterns : arms) facts.push_back(checker.arm(patterns));
  checker.finish(arms.size());
  return facts;
}

}  // namespace pflow::sema
