// `repeat`, over nothing, a list or a stream: a loop in the flow that it stands in.
#include "frontend/lower/expr/convert.h"
#include "frontend/lower/flow/flow_lowering.h"

namespace pflow {

using ir::BlockId;
using ir::Opcode;
using ir::SlotId;
using ir::TypeKind;
using ir::ValueId;

FlowLowering::Held FlowLowering::repeat_stage(const ast::Stage& stage, const sema::StageInfo& info,
                                              Held piped) {
  const std::string name = stage_name(stage);
  const ast::RepeatForm& form = *stage.repeat;
  Rounds rounds{stage, info, {}, {}, builder_.unwind()};
  if (info.max_visits >= 0) {
    rounds.count = builder_.slot(name + ".rounds", types_.int_);
    // Each time that the loop is come to it has all its rounds, but not by jumps.
    if (info.is_jump_target)
      zeroed_.push_back(rounds.count);
    else
      builder_.store(rounds.count, builder_.const_int(0));
  }
  rounds.done = builder_.block("after_" + name);
  if (!info.item.valid()) {
    repeat_plain(rounds);
  } else {
    const ValueId items = form.list != nullptr ? expressions_.lower(*form.list) : load(piped);
    if (types_.is(builder_.type(items), TypeKind::Stream))
      repeat_stream(rounds, items);
    else
      repeat_list(rounds, items);
  }
  builder_.enter(rounds.done);
  return {};
}

void FlowLowering::repeat_body(Rounds& rounds, BlockId next) {
  const ast::RepeatForm& form = *rounds.stage.repeat;
  rounds_.push_back(&rounds);
  lower_statements(*form.body);
  rounds_.pop_back();
  if (rounds.body_end.valid()) {
    if (builder_.open()) builder_.jump(rounds.body_end);
    builder_.enter(rounds.body_end);
  }
  if (!builder_.open()) return;
  if (form.until == nullptr) return builder_.jump(next);
  builder_.set_span(form.until->span);
  builder_.branch(expressions_.lower_as(*form.until, types_.bool_), rounds.done, next);
}

void FlowLowering::leave_round(ast::StageKind how) {
  Rounds& rounds = *rounds_.back();
  if (how == ast::StageKind::Break) return builder_.jump(rounds.done);
  if (!rounds.body_end.valid()) {
    // A failure of `until` leads where one of the `repeat` does, not where one does here.
    const BlockId here = builder_.unwind();
    builder_.set_unwind(rounds.unwind);
    rounds.body_end = builder_.block(stage_name(rounds.stage) + "_round_end");
    builder_.set_unwind(here);
  }
  builder_.jump(rounds.body_end);
}

void FlowLowering::repeat_plain(Rounds& rounds) {
  const BlockId head = builder_.block(stage_name(rounds.stage));
  builder_.jump(head);
  builder_.enter(head);
  if (rounds.count.valid()) check_bound(rounds.stage, rounds.info, rounds.count);
  repeat_body(rounds, head);
}

void FlowLowering::repeat_list(Rounds& rounds, ValueId list) {
  const std::string name = stage_name(rounds.stage);
  const ExprLowering::Loop loop = expressions_.begin_loop(name, list);
  if (rounds.count.valid()) check_bound(rounds.stage, rounds.info, rounds.count);
  expressions_.store(rounds.info.item, expressions_.loop_item(loop));
  const BlockId next = builder_.block(name + "_next");
  repeat_body(rounds, next);
  builder_.enter(next);
  expressions_.end_loop(loop);
  builder_.jump(rounds.done);
}

void FlowLowering::repeat_stream(Rounds& rounds, ValueId stream) {
  const std::string name = stage_name(rounds.stage);
  const SlotId source = builder_.slot(name + ".stream", builder_.type(stream));
  builder_.store(source, stream);
  const BlockId head = builder_.block(name);
  const BlockId body = builder_.block(name + "_item");
  builder_.jump(head);
  builder_.enter(head);
  ir::Op& next = builder_.add(Opcode::StreamNext, {});
  next.slot = source;
  next.slots = {expressions_.slot(rounds.info.item)};
  next.target = body;
  next.target_false = rounds.done;
  builder_.enter(body);
  if (rounds.count.valid()) check_bound(rounds.stage, rounds.info, rounds.count);
  repeat_body(rounds, head);
}

}  // namespace pflow
