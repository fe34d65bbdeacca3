#include "frontend/lower/expr/match.h"

#include <algorithm>

#include "frontend/lower/expr/branches.h"

namespace pflow::lowering {

using ast::PatternKind;
using ir::BlockId;
using ir::Opcode;
using ir::SlotId;
using ir::TypeId;
using ir::TypeKind;
using ir::ValueId;

namespace {

bool is_switch(const std::vector<MatchTarget>& arms) {
  return std::ranges::all_of(arms, [](const MatchTarget& arm) {
    return std::ranges::all_of(arm.patterns, [](const ast::Pattern& pattern) {
      return pattern.kind == PatternKind::Text || pattern.kind == PatternKind::Any;
    });
  });
}

void switch_on(ExprContext& c, ValueId subject, const std::vector<MatchTarget>& arms) {
  std::vector<ir::Edge> edges;
  BlockId otherwise;
  for (const MatchTarget& arm : arms)
    for (const ast::Pattern& pattern : arm.patterns) {
      if (otherwise.valid()) continue;
      if (pattern.kind == PatternKind::Any)
        otherwise = arm.block;
      else if (std::ranges::none_of(
                   edges, [&](const ir::Edge& edge) { return edge.label == pattern.text; }))
        edges.push_back({std::string(pattern.text), arm.block});
    }
  // The arms hold all there is: the last needs no test.
  if (!otherwise.valid()) {
    otherwise = edges.back().target;
    edges.pop_back();
  }
  if (edges.empty()) return c.builder.jump(otherwise);
  ir::Op& op = c.builder.add(Opcode::Switch, {subject});
  op.edges = std::move(edges);
  op.target = otherwise;
}

void bind_variant(ExprContext& c, SlotId subject, const ast::Pattern& pattern) {
  auto info = c.program.variants.find(&pattern);
  if (info == c.program.variants.end() || !info->second.binding.valid()) return;
  ValueId value = c.builder.load(subject);
  if (c.is(c.builder.type(subject), TypeKind::Opt))
    value = c.builder.make(Opcode::OptGet, {value}, c.element(c.builder.type(subject)));
  const TypeId sum = c.builder.type(value);
  if (c.is(sum, TypeKind::Sum)) {
    ir::Op& op =
        c.builder.add(Opcode::SumGet, {value}, c.types.get(sum).variants[info->second.variant]);
    op.integer = static_cast<int64_t>(info->second.variant);
    value = op.result;
  }
  c.keys.store(info->second.binding, value);
}

void test_pattern(ExprContext& c, SlotId subject, const ast::Pattern& pattern, BlockId arm,
                  BlockId next) {
  ValueId value = c.builder.load(subject);
  const bool optional = c.is(c.builder.type(subject), TypeKind::Opt);
  if (pattern.kind == PatternKind::None)
    return c.builder.branch(c.builder.make(Opcode::OptHas, {value}, c.types.bool_), next, arm);
  if (optional) {
    const BlockId some = c.builder.block("some");
    c.builder.branch(c.builder.make(Opcode::OptHas, {value}, c.types.bool_), some, next);
    c.builder.enter(some);
    value = c.builder.make(Opcode::OptGet, {value}, c.element(c.builder.type(subject)));
  }
  auto equals = [&](ValueId constant) {
    return c.builder.make(Opcode::Eq, {value, constant}, c.types.bool_);
  };
  ValueId fits;
  if (pattern.kind == PatternKind::Text) {
    fits = equals(c.builder.const_text(pattern.text, c.builder.type(value)));
  } else if (pattern.kind == PatternKind::Int) {
    fits = equals(c.builder.const_int(pattern.integer));
  } else if (pattern.kind == PatternKind::Bool) {
    fits = pattern.integer != 0 ? value : c.builder.make(Opcode::Not, {value}, c.types.bool_);
  } else {
    const auto variant = static_cast<int64_t>(c.program.variants.at(&pattern).variant);
    value = c.builder.make(Opcode::SumVariant, {value}, c.types.int_);
    fits = equals(c.builder.const_int(variant));
  }
  c.builder.branch(fits, arm, next);
}

}  // namespace

void branch_on(ExprContext& c, const ast::Expr& subject, const std::vector<MatchTarget>& arms) {
  ValueId value = c.lower(subject);
  if (!value.valid()) return c.builder.jump(arms.front().block);
  c.builder.set_span(subject.span);
  if (c.types.is_text_like(c.builder.type(value)) && is_switch(arms))
    return switch_on(c, value, arms);
  const SlotId held = c.builder.slot("match", c.builder.type(value));
  c.builder.store(held, value);
  for (const MatchTarget& arm : arms) {
    for (const ast::Pattern& pattern : arm.patterns) {
      const bool last = &arm == &arms.back() && &pattern == &arm.patterns.back();
      if (last || pattern.kind == PatternKind::Any) {
        bind_variant(c, held, pattern);
        return c.builder.jump(arm.block);
      }
      const BlockId here = c.builder.block("fits");
      const BlockId next = c.builder.block("case");
      test_pattern(c, held, pattern, here, next);
      c.builder.enter(here);
      bind_variant(c, held, pattern);
      c.builder.jump(arm.block);
      c.builder.enter(next);
    }
  }
}

ValueId lower_match(ExprContext& c, const ast::MatchExpr& expr, TypeId type) {
  const bool has_value = !c.is(type, TypeKind::Void) && !c.is(type, TypeKind::Never);
  const SlotId into = has_value ? c.builder.slot("match.value", type) : SlotId();
  std::vector<MatchTarget> arms;
  for (const ast::MatchArm& arm : expr.arms) arms.push_back({arm.patterns, c.builder.block("arm")});
  const BlockId done = c.builder.block("after_match");
  branch_on(c, *expr.subject, arms);
  for (size_t i = 0; i < arms.size(); ++i) {
    c.builder.enter(arms[i].block);
    lower_arm_value(c, *expr.arms[i].value, into, done);
  }
  c.builder.enter(done);
  return has_value ? c.builder.load(into) : ValueId();
}

}  // namespace pflow::lowering
