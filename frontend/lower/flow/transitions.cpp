#include "frontend/lower/flow/transitions.h"

#include <fmt/format.h>

#include "frontend/lower/expr/convert.h"
#include "frontend/lower/flow/stage_names.h"

namespace pflow::lowering {

using ir::BlockId;
using ir::Opcode;
using ir::SlotId;
using ir::ValueId;

namespace {

BlockId plain_block(FlowContext& f, std::string_view name) {
  const BlockId outer = f.builder.unwind();
  f.builder.set_unwind(f.base_unwind);
  const BlockId made = f.builder.block(name);
  f.builder.set_unwind(outer);
  return made;
}

}  // namespace

const sema::Transition* transition(const sema::StageInfo& info, std::string_view action) {
  for (const sema::Transition& transition : info.transitions)
    if (transition.action == action) return &transition;
  return nullptr;
}

BlockId transition_block(FlowContext& f, const ast::Stage& stage,
                         const sema::Transition& transition) {
  auto [at, fresh] = f.transition_blocks.try_emplace(transition.statement);
  if (!fresh) return at->second;
  const bool any = transition.statement->any;
  at->second =
      plain_block(f, fmt::format("{}_{}", stage_name(f, stage), any ? "other" : transition.action));
  const bool error = transition.action == "error";
  f.pending.push_back({transition.statement, at->second, error,
                       error ? f.program.stage(stage.id).error_key : sema::KeyId()});
  return at->second;
}

namespace {

Arrival& arrival(FlowContext& f, ast::StageId id) {
  auto [at, fresh] = f.arrivals.try_emplace(id);
  if (fresh) {
    const sema::StageInfo& info = f.program.stage(id);
    const std::string name = stage_name(f, *info.stage);
    at->second.block = plain_block(f, name);
    if (info.piped.valid() && !f.types.is(info.piped, ir::TypeKind::Void))
      at->second.piped = f.builder.slot(name + ".in", info.piped);
  }
  return at->second;
}

}  // namespace

void jump_to_stage(FlowContext& f, const sema::StageInfo& info, const Held& piped) {
  const Arrival target = arrival(f, info.jump);
  if (info.jump_feeds && target.piped.valid() && piped.valid())
    f.builder.store(target.piped,
                    convert(f.builder, f.types, f.load(piped), f.builder.type(target.piped)));
  f.builder.jump(target.block);
}

namespace {

/// Text of a failure with a number in it.
ValueId text_around(FlowContext& f, const std::string& before, SlotId number,
                    const std::string& after) {
  std::vector<ValueId> pieces = {f.builder.const_text(before, f.types.str),
                                 as_text(f.builder, f.types, f.builder.load(number)),
                                 f.builder.const_text(after, f.types.str)};
  return f.builder.make(Opcode::Template, std::move(pieces), f.types.str);
}

/// The bound, which a key may say anew at each visit. The first one always runs.
SlotId visit_bound(FlowContext& f, const std::string& name, const ast::Expr& max) {
  const SlotId bound = f.builder.slot(name + ".max", f.types.int_);
  f.builder.store(bound, f.exprs.lower_as(max, f.types.int_));
  const BlockId low = plain_block(f, name + "_max_low");
  const BlockId known = plain_block(f, name + "_max");
  ValueId some =
      f.builder.make(Opcode::Lt, {f.builder.const_int(0), f.builder.load(bound)}, f.types.bool_);
  f.builder.branch(some, known, low);
  f.builder.enter(low);
  ValueId message = text_around(f, "`max` is ", bound, "; expected a whole number above 0");
  f.builder.add(Opcode::Fail, {message}).text = "value";
  f.builder.enter(known);
  return bound;
}

}  // namespace

void check_bound(FlowContext& f, const ast::Stage& stage, const sema::StageInfo& info,
                 SlotId visits) {
  const std::string name = stage_name(f, stage);
  const SlotId bound = info.max != nullptr ? visit_bound(f, name, *info.max) : SlotId();
  ValueId count = f.builder.load(visits);
  ValueId most = bound.valid() ? f.builder.load(bound) : f.builder.const_int(info.max_visits);
  ValueId more = f.builder.make(Opcode::Lt, {count, most}, f.types.bool_);
  const sema::Transition* limit = transition(info, "limit");
  const BlockId past =
      limit != nullptr ? transition_block(f, stage, *limit) : plain_block(f, name + "_limit");
  const BlockId run = plain_block(f, name + "_visit");
  f.builder.branch(more, run, past);
  if (limit == nullptr) {
    f.builder.enter(past);
    std::string ran = fmt::format("`{}` ran more than ", name);
    ValueId message =
        bound.valid()
            ? text_around(f, ran, bound, " times")
            : f.builder.const_text(fmt::format("{}{} times", ran, info.max_visits), f.types.str);
    f.builder.add(Opcode::Fail, {message}).text = "limit";
  }
  f.builder.enter(run);
  f.builder.store(
      visits,
      f.builder.make(Opcode::Add, {f.builder.load(visits), f.builder.const_int(1)}, f.types.int_));
}

namespace {

void count_visit(FlowContext& f, const ast::Stage& stage, const sema::StageInfo& info) {
  f.builder.set_span(stage.span);
  const SlotId visits = f.builder.slot(stage_name(f, stage) + ".visits", f.types.int_);
  f.zeroed.push_back(visits);
  check_bound(f, stage, info, visits);
}

}  // namespace

Held arrive(FlowContext& f, const ast::Stage& stage, const sema::StageInfo& info, Held piped) {
  // A `repeat` counts its rounds.
  const bool counts = info.max_visits >= 0 && stage.kind != ast::StageKind::Repeat;
  if (!info.is_jump_target && !counts) return piped;
  const Arrival here = arrival(f, stage.id);
  if (here.piped.valid() && piped.valid())
    f.builder.store(here.piped,
                    convert(f.builder, f.types, f.load(piped), f.builder.type(here.piped)));
  f.builder.jump(here.block);
  f.builder.enter(here.block);
  if (counts) count_visit(f, stage, info);
  return here.piped.valid() ? Held{{}, here.piped} : Held{};
}

}  // namespace pflow::lowering
