#include "frontend/lower/flow/repeat.h"

#include "frontend/lower/expr/loops.h"
#include "frontend/lower/flow/stage_names.h"
#include "frontend/lower/flow/transitions.h"

namespace pflow::lowering {

using ir::BlockId;
using ir::Opcode;
using ir::SlotId;
using ir::TypeKind;
using ir::ValueId;

/// A `repeat` in hand: its count of rounds and where its ways lead.
struct Rounds {
  const ast::Stage& stage;
  const sema::StageInfo& info;
  SlotId count;
  BlockId done;
  BlockId unwind;
  BlockId body_end = {};  ///< where `continue` goes; none until there is one
};

namespace {

void repeat_body(FlowContext& f, Rounds& rounds, BlockId next) {
  const ast::RepeatForm& form = *rounds.stage.repeat;
  f.rounds.push_back(&rounds);
  f.lower(*form.body);
  f.rounds.pop_back();
  if (rounds.body_end.valid()) {
    if (f.builder.open()) f.builder.jump(rounds.body_end);
    f.builder.enter(rounds.body_end);
  }
  if (!f.builder.open()) return;
  if (form.until == nullptr) return f.builder.jump(next);
  f.builder.set_span(form.until->span);
  f.builder.branch(f.exprs.lower_as(*form.until, f.types.bool_), rounds.done, next);
}

void repeat_plain(FlowContext& f, Rounds& rounds) {
  const BlockId head = f.builder.block(stage_name(f, rounds.stage));
  f.builder.jump(head);
  f.builder.enter(head);
  if (rounds.count.valid()) check_bound(f, rounds.stage, rounds.info, rounds.count);
  repeat_body(f, rounds, head);
}

void repeat_list(FlowContext& f, Rounds& rounds, ValueId list) {
  const std::string name = stage_name(f, rounds.stage);
  const Loop loop = begin_loop(f.exprs, name, list);
  if (rounds.count.valid()) check_bound(f, rounds.stage, rounds.info, rounds.count);
  f.exprs.keys.store(rounds.info.item, loop_item(f.exprs, loop));
  const BlockId next = f.builder.block(name + "_next");
  repeat_body(f, rounds, next);
  f.builder.enter(next);
  end_loop(f.exprs, loop);
  f.builder.jump(rounds.done);
}

void repeat_stream(FlowContext& f, Rounds& rounds, ValueId stream) {
  const std::string name = stage_name(f, rounds.stage);
  const SlotId source = f.builder.slot(name + ".stream", f.builder.type(stream));
  f.builder.store(source, stream);
  const BlockId head = f.builder.block(name);
  const BlockId body = f.builder.block(name + "_item");
  f.builder.jump(head);
  f.builder.enter(head);
  ir::Op& next = f.builder.add(Opcode::StreamNext, {});
  next.slot = source;
  next.slots = {f.exprs.keys.slot(rounds.info.item)};
  next.target = body;
  next.target_false = rounds.done;
  f.builder.enter(body);
  if (rounds.count.valid()) check_bound(f, rounds.stage, rounds.info, rounds.count);
  repeat_body(f, rounds, head);
}

}  // namespace

Held repeat_stage(FlowContext& f, const ast::Stage& stage, const sema::StageInfo& info,
                  const Held& piped) {
  const std::string name = stage_name(f, stage);
  const ast::RepeatForm& form = *stage.repeat;
  Rounds rounds{stage, info, {}, {}, f.builder.unwind()};
  if (info.max_visits >= 0) {
    rounds.count = f.builder.slot(name + ".rounds", f.types.int_);
    // Each time that the loop is come to it has all its rounds, but not by jumps.
    if (info.is_jump_target)
      f.zeroed.push_back(rounds.count);
    else
      f.builder.store(rounds.count, f.builder.const_int(0));
  }
  rounds.done = f.builder.block("after_" + name);
  if (!info.item.valid()) {
    repeat_plain(f, rounds);
  } else {
    const ValueId items = form.list != nullptr ? f.exprs.lower(*form.list) : f.load(piped);
    if (f.types.is(f.builder.type(items), TypeKind::Stream))
      repeat_stream(f, rounds, items);
    else
      repeat_list(f, rounds, items);
  }
  f.builder.enter(rounds.done);
  return {};
}

void leave_round(FlowContext& f, ast::StageKind how) {
  Rounds& rounds = *f.rounds.back();
  if (how == ast::StageKind::Break) return f.builder.jump(rounds.done);
  if (!rounds.body_end.valid()) {
    // A failure of `until` leads where one of the `repeat` does, not where one does here.
    const BlockId here = f.builder.unwind();
    f.builder.set_unwind(rounds.unwind);
    rounds.body_end = f.builder.block(stage_name(f, rounds.stage) + "_round_end");
    f.builder.set_unwind(here);
  }
  f.builder.jump(rounds.body_end);
}

}  // namespace pflow::lowering
