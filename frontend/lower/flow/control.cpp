#include "frontend/lower/flow/control.h"

#include "frontend/lower/expr/convert.h"
#include "frontend/lower/expr/match.h"
#include "frontend/lower/flow/stage_names.h"

namespace pflow::lowering {

using ir::BlockId;
using ir::SlotId;
using ir::ValueId;

namespace {

SlotId arms_value(FlowContext& f, const sema::StageInfo& info, std::string_view name) {
  return f.has_value(info.value) ? f.builder.slot(name, info.value) : SlotId();
}

void lower_arm(FlowContext& f, const ast::Block* body, SlotId into, BlockId done) {
  const Held value = body != nullptr ? f.lower(*body) : Held();
  if (!f.builder.open()) return;
  if (into.valid())
    f.builder.store(into, convert(f.builder, f.types, value.valid() ? f.load(value) : ir::ValueId(),
                                  f.builder.type(into)));
  f.builder.jump(done);
}

Held arms_done(FlowContext& f, const sema::StageInfo& info, SlotId into, BlockId done) {
  f.builder.enter(done);
  if (!into.valid()) return {};
  for (const sema::StageWrite& write : info.writes)
    f.exprs.keys.store(write.key, f.builder.load(into));
  return {{}, into};
}

}  // namespace

Held if_stage(FlowContext& f, const ast::Stage& stage, const sema::StageInfo& info) {
  const std::string name = stage_name(f, stage);
  const SlotId into = arms_value(f, info, name + ".value");
  const BlockId done = f.builder.block("after_" + name);
  for (const ast::IfForm::Arm& arm : stage.if_->arms) {
    ir::ValueId condition = f.exprs.lower_as(*arm.condition, f.types.bool_);
    const BlockId then = f.builder.block("then");
    const bool last = &arm == &stage.if_->arms.back();
    const BlockId otherwise =
        last && stage.if_->otherwise == nullptr ? done : f.builder.block("else");
    f.builder.branch(condition, then, otherwise);
    f.builder.enter(then);
    lower_arm(f, arm.body, into, done);
    f.builder.enter(otherwise);
  }
  if (stage.if_->otherwise != nullptr) lower_arm(f, stage.if_->otherwise, into, done);
  return arms_done(f, info, into, done);
}

Held match_stage(FlowContext& f, const ast::Stage& stage, const sema::StageInfo& info) {
  const std::string name = stage_name(f, stage);
  const SlotId into = arms_value(f, info, name + ".value");
  std::vector<MatchTarget> arms;
  for (const ast::MatchForm::Arm& arm : stage.match->arms)
    arms.push_back({arm.patterns, f.builder.block("arm")});
  const BlockId done = f.builder.block("after_" + name);
  branch_on(f.exprs, *stage.match->subject, arms);
  for (size_t i = 0; i < arms.size(); ++i) {
    f.builder.enter(arms[i].block);
    lower_arm(f, stage.match->arms[i].body, into, done);
  }
  return arms_done(f, info, into, done);
}

}  // namespace pflow::lowering
