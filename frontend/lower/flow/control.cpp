// `if` and `match` as stages: blocks of the flow that they stand in.
#include "frontend/lower/expr/convert.h"
#include "frontend/lower/flow/flow_lowering.h"

namespace pflow {

using ir::BlockId;
using ir::SlotId;

SlotId FlowLowering::arms_value(const sema::StageInfo& info, std::string_view name) {
  return has_value(info.value) ? builder_.slot(name, info.value) : SlotId();
}

void FlowLowering::lower_arm(const ast::Block* body, SlotId into, BlockId done) {
  const Held value = body != nullptr ? lower_statements(*body) : Held();
  if (!builder_.open()) return;
  if (into.valid())
    builder_.store(into, convert(builder_, types_, value.valid() ? load(value) : ir::ValueId(),
                                 builder_.type(into)));
  builder_.jump(done);
}

FlowLowering::Held FlowLowering::arms_done(const sema::StageInfo& info, SlotId into, BlockId done) {
  builder_.enter(done);
  if (!into.valid()) return {};
  for (const sema::StageWrite& write : info.writes)
    expressions_.store(write.key, builder_.load(into));
  return {{}, into};
}

FlowLowering::Held FlowLowering::if_stage(const ast::Stage& stage, const sema::StageInfo& info) {
  const std::string name = stage_name(stage);
  const SlotId into = arms_value(info, name + ".value");
  const BlockId done = builder_.block("after_" + name);
  for (const ast::IfForm::Arm& arm : stage.if_->arms) {
    ir::ValueId condition = expressions_.lower_as(*arm.condition, types_.bool_);
    const BlockId then = builder_.block("then");
    const bool last = &arm == &stage.if_->arms.back();
    const BlockId otherwise =
        last && stage.if_->otherwise == nullptr ? done : builder_.block("else");
    builder_.branch(condition, then, otherwise);
    builder_.enter(then);
    lower_arm(arm.body, into, done);
    builder_.enter(otherwise);
  }
  if (stage.if_->otherwise != nullptr) lower_arm(stage.if_->otherwise, into, done);
  return arms_done(info, into, done);
}

FlowLowering::Held FlowLowering::match_stage(const ast::Stage& stage, const sema::StageInfo& info) {
  const std::string name = stage_name(stage);
  const SlotId into = arms_value(info, name + ".value");
  std::vector<ExprLowering::MatchTarget> arms;
  for (const ast::MatchForm::Arm& arm : stage.match->arms)
    arms.push_back({arm.patterns, builder_.block("arm")});
  const BlockId done = builder_.block("after_" + name);
  expressions_.branch_on(*stage.match->subject, arms);
  for (size_t i = 0; i < arms.size(); ++i) {
    builder_.enter(arms[i].block);
    lower_arm(stage.match->arms[i].body, into, done);
  }
  return arms_done(info, into, done);
}

}  // namespace pflow
