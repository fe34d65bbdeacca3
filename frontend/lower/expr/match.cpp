// `match`: tests of patterns in source order; texts become one `switch`.
#include <algorithm>

#include "frontend/lower/expr/expr_lowering.h"

namespace pflow {

using ast::PatternKind;
using ir::BlockId;
using ir::Opcode;
using ir::SlotId;
using ir::TypeId;
using ir::TypeKind;
using ir::ValueId;

namespace {

bool is_switch(const std::vector<ExprLowering::MatchTarget>& arms) {
  return std::ranges::all_of(arms, [](const ExprLowering::MatchTarget& arm) {
    return std::ranges::all_of(arm.patterns, [](const ast::Pattern& pattern) {
      return pattern.kind == PatternKind::Text || pattern.kind == PatternKind::Any;
    });
  });
}

}  // namespace

void ExprLowering::switch_on(ValueId subject, const std::vector<MatchTarget>& arms) {
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
  if (edges.empty()) return builder_.jump(otherwise);
  ir::Op& op = builder_.add(Opcode::Switch, {subject});
  op.edges = std::move(edges);
  op.target = otherwise;
}

void ExprLowering::bind_variant(SlotId subject, const ast::Pattern& pattern) {
  auto info = program_.variants.find(&pattern);
  if (info == program_.variants.end() || !info->second.binding.valid()) return;
  ValueId value = builder_.load(subject);
  if (is(builder_.type(subject), TypeKind::Opt))
    value = builder_.make(Opcode::OptGet, {value}, element(builder_.type(subject)));
  const TypeId sum = builder_.type(value);
  if (is(sum, TypeKind::Sum)) {
    ir::Op& op =
        builder_.add(Opcode::SumGet, {value}, types_.get(sum).variants[info->second.variant]);
    op.integer = static_cast<int64_t>(info->second.variant);
    value = op.result;
  }
  store(info->second.binding, value);
}

void ExprLowering::test_pattern(SlotId subject, const ast::Pattern& pattern, BlockId arm,
                                BlockId next) {
  ValueId value = builder_.load(subject);
  const bool optional = is(builder_.type(subject), TypeKind::Opt);
  if (pattern.kind == PatternKind::None)
    return builder_.branch(builder_.make(Opcode::OptHas, {value}, types_.bool_), next, arm);
  if (optional) {
    const BlockId some = builder_.block("some");
    builder_.branch(builder_.make(Opcode::OptHas, {value}, types_.bool_), some, next);
    builder_.enter(some);
    value = builder_.make(Opcode::OptGet, {value}, element(builder_.type(subject)));
  }
  auto equals = [&](ValueId constant) {
    return builder_.make(Opcode::Eq, {value, constant}, types_.bool_);
  };
  ValueId fits;
  if (pattern.kind == PatternKind::Text) {
    fits = equals(builder_.const_text(pattern.text, builder_.type(value)));
  } else if (pattern.kind == PatternKind::Int) {
    fits = equals(builder_.const_int(pattern.integer));
  } else if (pattern.kind == PatternKind::Bool) {
    fits = pattern.integer != 0 ? value : builder_.make(Opcode::Not, {value}, types_.bool_);
  } else {
    const auto variant = static_cast<int64_t>(program_.variants.at(&pattern).variant);
    value = builder_.make(Opcode::SumVariant, {value}, types_.int_);
    fits = equals(builder_.const_int(variant));
  }
  builder_.branch(fits, arm, next);
}

void ExprLowering::branch_on(const ast::Expr& subject, const std::vector<MatchTarget>& arms) {
  ValueId value = lower(subject);
  if (!value.valid()) return builder_.jump(arms.front().block);
  builder_.set_span(subject.span);
  if (types_.is_text_like(builder_.type(value)) && is_switch(arms)) return switch_on(value, arms);
  const SlotId held = builder_.slot("match", builder_.type(value));
  builder_.store(held, value);
  for (const MatchTarget& arm : arms) {
    for (const ast::Pattern& pattern : arm.patterns) {
      const bool last = &arm == &arms.back() && &pattern == &arm.patterns.back();
      if (last || pattern.kind == PatternKind::Any) {
        bind_variant(held, pattern);
        return builder_.jump(arm.block);
      }
      const BlockId here = builder_.block("fits");
      const BlockId next = builder_.block("case");
      test_pattern(held, pattern, here, next);
      builder_.enter(here);
      bind_variant(held, pattern);
      builder_.jump(arm.block);
      builder_.enter(next);
    }
  }
}

ValueId ExprLowering::lower_match(const ast::MatchExpr& expr, TypeId type) {
  const bool has_value = !is(type, TypeKind::Void) && !is(type, TypeKind::Never);
  const SlotId into = has_value ? builder_.slot("match.value", type) : SlotId();
  std::vector<MatchTarget> arms;
  for (const ast::MatchArm& arm : expr.arms) arms.push_back({arm.patterns, builder_.block("arm")});
  const BlockId done = builder_.block("after_match");
  branch_on(*expr.subject, arms);
  for (size_t i = 0; i < arms.size(); ++i) {
    builder_.enter(arms[i].block);
    arm(*expr.arms[i].value, into, done);
  }
  builder_.enter(done);
  return has_value ? builder_.load(into) : ValueId();
}

}  // namespace pflow
