// Edges between stages that are not source order: transitions and jumps.
#include <fmt/format.h>

#include "frontend/lower/expr/convert.h"
#include "frontend/lower/flow/flow_lowering.h"

namespace pflow {

using ir::BlockId;
using ir::Opcode;
using ir::SlotId;
using ir::ValueId;

BlockId FlowLowering::plain_block(std::string_view name) {
  const BlockId outer = builder_.unwind();
  builder_.set_unwind(base_unwind_);
  const BlockId made = builder_.block(name);
  builder_.set_unwind(outer);
  return made;
}

const sema::Transition* FlowLowering::transition(const sema::StageInfo& info,
                                                 std::string_view action) const {
  for (const sema::Transition& transition : info.transitions)
    if (transition.action == action) return &transition;
  return nullptr;
}

BlockId FlowLowering::transition_block(const ast::Stage& stage,
                                       const sema::Transition& transition) {
  auto [at, fresh] = transition_blocks_.try_emplace(transition.statement);
  if (!fresh) return at->second;
  const bool any = transition.statement->any;
  at->second =
      plain_block(fmt::format("{}_{}", stage_name(stage), any ? "other" : transition.action));
  const bool error = transition.action == "error";
  pending_.push_back({transition.statement, at->second, error,
                      error ? program_.stage(stage.id).error_key : sema::KeyId()});
  return at->second;
}

FlowLowering::Arrival& FlowLowering::arrival(ast::StageId id) {
  auto [at, fresh] = arrivals_.try_emplace(id);
  if (fresh) {
    const sema::StageInfo& info = program_.stage(id);
    const std::string name = stage_name(*info.stage);
    at->second.block = plain_block(name);
    if (info.piped.valid() && !types_.is(info.piped, ir::TypeKind::Void))
      at->second.piped = builder_.slot(name + ".in", info.piped);
  }
  return at->second;
}

void FlowLowering::jump_to_stage(const sema::StageInfo& info, Held piped) {
  const Arrival target = arrival(info.jump);
  if (info.jump_feeds && target.piped.valid() && piped.valid())
    builder_.store(target.piped,
                   convert(builder_, types_, load(piped), builder_.type(target.piped)));
  builder_.jump(target.block);
}

FlowLowering::Held FlowLowering::arrive(const ast::Stage& stage, const sema::StageInfo& info,
                                        Held piped) {
  // A `repeat` counts its rounds.
  const bool counts = info.max_visits >= 0 && stage.kind != ast::StageKind::Repeat;
  if (!info.is_jump_target && !counts) return piped;
  const Arrival here = arrival(stage.id);
  if (here.piped.valid() && piped.valid())
    builder_.store(here.piped, convert(builder_, types_, load(piped), builder_.type(here.piped)));
  builder_.jump(here.block);
  builder_.enter(here.block);
  if (counts) count_visit(stage, info);
  return here.piped.valid() ? Held{{}, here.piped} : Held{};
}

void FlowLowering::count_visit(const ast::Stage& stage, const sema::StageInfo& info) {
  builder_.set_span(stage.span);
  const SlotId visits = builder_.slot(stage_name(stage) + ".visits", types_.int_);
  zeroed_.push_back(visits);
  check_bound(stage, info, visits);
}

/// Goes on when `visits` is below the bound, and counts one more.
void FlowLowering::check_bound(const ast::Stage& stage, const sema::StageInfo& info,
                               SlotId visits) {
  const std::string name = stage_name(stage);
  ValueId count = builder_.load(visits);
  ValueId more =
      builder_.make(Opcode::Lt, {count, builder_.const_int(info.max_visits)}, types_.bool_);
  const sema::Transition* limit = transition(info, "limit");
  const BlockId past =
      limit != nullptr ? transition_block(stage, *limit) : plain_block(name + "_limit");
  const BlockId run = plain_block(name + "_visit");
  builder_.branch(more, run, past);
  if (limit == nullptr) {
    builder_.enter(past);
    ValueId message = builder_.const_text(
        fmt::format("`{}` ran more than {} times", name, info.max_visits), types_.str);
    builder_.add(Opcode::Fail, {message}).text = "limit";
  }
  builder_.enter(run);
  builder_.store(visits, builder_.make(Opcode::Add, {builder_.load(visits), builder_.const_int(1)},
                                       types_.int_));
}

}  // namespace pflow
