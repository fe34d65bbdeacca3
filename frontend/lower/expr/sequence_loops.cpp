// Functions over lists and streams that end in a value: one loop, whose body has the
// lambdas of all functions before it, or calls of the nodes named in their place.
// `xs.map(f).filter(g).fold(…)` makes no list on the way.
#include "frontend/lower/expr/convert.h"
#include "frontend/lower/expr/expr_lowering.h"

namespace pflow {

using ir::BlockId;
using ir::Opcode;
using ir::SlotId;
using ir::TypeId;
using ir::TypeKind;
using ir::ValueId;
using sema::ArgumentSource;
using sema::Builtin;

void ExprLowering::make_blocks(Loop& loop, std::string name) {
  loop.head = builder_.block(name);
  loop.body = builder_.block(name + "_item");
  loop.done = builder_.block("after_" + name);
  loop.name = std::move(name);
}

/// While there are further items.
void ExprLowering::enter_body(const Loop& loop) {
  builder_.jump(loop.head);
  builder_.enter(loop.head);
  ValueId more = builder_.make(Opcode::Lt, {builder_.load(loop.index), builder_.load(loop.count)},
                               types_.bool_);
  builder_.branch(more, loop.body, loop.done);
  builder_.enter(loop.body);
}

ExprLowering::Loop ExprLowering::begin_loop(std::string name, ValueId list) {
  Loop loop;
  loop.list = builder_.slot(name + ".list", builder_.type(list));
  loop.index = builder_.slot(name + ".index", types_.int_);
  loop.count = builder_.slot(name + ".count", types_.int_);
  make_blocks(loop, std::move(name));
  builder_.store(loop.count, builder_.make(Opcode::Len, {list}, types_.int_));
  builder_.store(loop.list, list);
  builder_.store(loop.index, builder_.const_int(0));
  enter_body(loop);
  return loop;
}

ExprLowering::Loop ExprLowering::begin_counting_loop(std::string name, ValueId from, ValueId to) {
  Loop loop;
  loop.index = builder_.slot(name + ".number", types_.int_);
  loop.count = builder_.slot(name + ".end", types_.int_);
  make_blocks(loop, std::move(name));
  builder_.store(loop.count, to);
  builder_.store(loop.index, from);
  enter_body(loop);
  return loop;
}

ExprLowering::Loop ExprLowering::begin_stream_loop(std::string name, ValueId stream) {
  Loop loop;
  loop.list = builder_.slot(name + ".stream", builder_.type(stream));
  loop.item = builder_.slot(name + ".item", element(builder_.type(stream)));
  make_blocks(loop, std::move(name));
  builder_.store(loop.list, stream);
  builder_.jump(loop.head);
  builder_.enter(loop.head);
  ir::Op& next = builder_.add(Opcode::StreamNext, {});
  next.slot = loop.list;
  next.slots = {loop.item};
  next.target = loop.body;
  next.target_false = loop.done;
  builder_.enter(loop.body);
  return loop;
}

ValueId ExprLowering::loop_item(const Loop& loop) {
  if (loop.item.valid()) return builder_.load(loop.item);
  if (!loop.list.valid()) return builder_.load(loop.index);
  ValueId list = builder_.load(loop.list);
  return builder_.make(Opcode::Index, {list, builder_.load(loop.index)},
                       element(builder_.type(list)));
}

void ExprLowering::end_loop(const Loop& loop) {
  if (!loop.item.valid()) {
    ValueId next =
        builder_.make(Opcode::Add, {builder_.load(loop.index), builder_.const_int(1)}, types_.int_);
    builder_.store(loop.index, next);
  }
  builder_.jump(loop.head);
  builder_.enter(loop.done);
}

void ExprLowering::for_each_item(const sema::BoundArgument& items, const std::string& name,
                                 const ItemBody& body) {
  const Sequence sequence = sequence_of(items);
  ValueId source = sequence.source;
  if (!source.valid()) return;
  const bool streams = is(builder_.type(source), TypeKind::Stream);
  const bool counts = sequence.from.valid();
  const Loop loop = counts    ? begin_counting_loop(name, sequence.from, source)
                    : streams ? begin_stream_loop(name, source)
                              : begin_loop(name, source);
  const BlockId next = streams ? loop.head : builder_.block(name + "_next");
  run_steps(sequence.steps, loop_item(loop), {next, loop.done}, body);
  if (streams) return builder_.enter(loop.done);
  builder_.enter(next);
  end_loop(loop);
}

void ExprLowering::run_steps(std::span<const Step> steps, ValueId item, const LoopExits& exits,
                             const ItemBody& body) {
  for (size_t i = 0; i < steps.size(); ++i) {
    const Step& step = steps[i];
    const ValueId made = apply(*step.function, {item});
    if (step.kind == Builtin::Map) {
      item = convert(made, step.item);
    } else if (step.kind == Builtin::Filter) {
      const BlockId keep = builder_.block("keep");
      builder_.branch(convert(made, types_.bool_), keep, exits.next);
      builder_.enter(keep);
      item = convert(item, step.item);
    } else {
      const Loop inner = begin_loop("flat_map", convert(made, types_.list(step.item)));
      const BlockId next = builder_.block("flat_map_next");
      run_steps(steps.subspan(i + 1), loop_item(inner), {next, exits.done}, body);
      builder_.enter(next);
      end_loop(inner);
      return builder_.jump(exits.next);
    }
  }
  body(item, exits);
  if (builder_.open()) builder_.jump(exits.next);
}

ValueId ExprLowering::lower_collect(const sema::CallInfo& info, TypeId result) {
  const SlotId out = builder_.slot("list", result);
  builder_.store(out, builder_.make(Opcode::ListMake, {}, result));
  for_each_item(info.arguments[0], "collect", [&](ValueId item, const LoopExits&) {
    item = convert(item, element(result));
    builder_.store(out, builder_.make(Opcode::ListPush, {builder_.load(out), item}, result));
  });
  return builder_.load(out);
}

/// The call of map, filter or flat_map is itself the last step.
ValueId ExprLowering::lower_steps(const ast::CallExpr& expr, TypeId result) {
  if (is(result, TypeKind::Stream)) {
    if (!flattens(expr)) return lower_pipe(expr);
    // A pipe gives one item of one: what flat_map makes of a stream is a list first.
    const ValueId all = lower_steps(expr, types_.list(element(result)));
    return builder_.make(Opcode::StreamOf, {all}, result);
  }
  const char* name = builtin_name(program_.calls.at(expr.id).builtin);
  const SlotId out = builder_.slot(std::string(name) + ".out", result);
  builder_.store(out, builder_.make(Opcode::ListMake, {}, result));
  sema::BoundArgument whole;
  whole.source = ArgumentSource::Expr;
  whole.expr = &expr;
  for_each_item(whole, name, [&](ValueId item, const LoopExits&) {
    item = convert(item, element(result));
    builder_.store(out, builder_.make(Opcode::ListPush, {builder_.load(out), item}, result));
  });
  return builder_.load(out);
}

ValueId ExprLowering::lower_fold(const sema::CallInfo& info, TypeId result) {
  const SlotId sum = builder_.slot("fold.value", result);
  const sema::BoundArgument& first = info.arguments[1];
  builder_.store(sum, first.source == ArgumentSource::Expr && first.expr != nullptr
                          ? lower_as(*first.expr, result)
                          : convert(argument(first), result));
  for_each_item(info.arguments[0], "fold", [&](ValueId item, const LoopExits&) {
    ValueId next = apply(*info.arguments[2].expr, {builder_.load(sum), item});
    builder_.store(sum, convert(next, result));
  });
  return builder_.load(sum);
}

/// `any` ends at the first item that holds, `all` at the first that does not.
ValueId ExprLowering::lower_any(const sema::CallInfo& info) {
  const bool is_any = info.builtin == Builtin::Any;
  const SlotId found = builder_.slot(is_any ? "any" : "all", types_.bool_);
  builder_.store(found, builder_.const_bool(!is_any));
  for_each_item(
      info.arguments[0], is_any ? "any" : "all", [&](ValueId item, const LoopExits& exits) {
        ValueId holds = convert(apply(*info.arguments[1].expr, {item}), types_.bool_);
        const BlockId decided = builder_.block("decided");
        builder_.branch(holds, is_any ? decided : exits.next, is_any ? exits.next : decided);
        builder_.enter(decided);
        builder_.store(found, builder_.const_bool(is_any));
        builder_.jump(exits.done);
      });
  return builder_.load(found);
}

ValueId ExprLowering::lower_count(const sema::CallInfo& info) {
  const ast::Expr* function = info.arguments.size() > 1 ? info.arguments[1].expr : nullptr;
  const SlotId count = builder_.slot("count", types_.int_);
  builder_.store(count, builder_.const_int(0));
  for_each_item(info.arguments[0], "count", [&](ValueId item, const LoopExits& exits) {
    if (function != nullptr) {
      const BlockId counted = builder_.block("counted");
      builder_.branch(convert(apply(*function, {item}), types_.bool_), counted, exits.next);
      builder_.enter(counted);
    }
    builder_.store(count, builder_.make(Opcode::Add, {builder_.load(count), builder_.const_int(1)},
                                        types_.int_));
  });
  return builder_.load(count);
}

ValueId ExprLowering::lower_group_by(const sema::CallInfo& info, TypeId result) {
  const TypeId group = element(result);
  const SlotId groups = builder_.slot("group_by.groups", result);
  const SlotId key = builder_.slot("group_by.key", types_.str);
  const SlotId list = builder_.slot("group_by.list", group);
  builder_.store(groups, builder_.make(Opcode::MapMake, {}, result));
  for_each_item(info.arguments[0], "group_by", [&](ValueId item, const LoopExits&) {
    builder_.store(key, convert(as_text(builder_, types_, apply(*info.arguments[1].expr, {item})),
                                types_.str));
    const BlockId known = builder_.block("known_group");
    const BlockId fresh = builder_.block("new_group");
    const BlockId grow = builder_.block("grow_group");
    const ValueId has =
        builder_.make(Opcode::Contains, {builder_.load(groups), builder_.load(key)}, types_.bool_);
    const ValueId empty = builder_.make(Opcode::Zero, {}, group);
    builder_.branch(has, known, fresh);
    builder_.enter(known);
    builder_.store(
        list, builder_.make(Opcode::MapIndex, {builder_.load(groups), builder_.load(key)}, group));
    // The map lets go of the list, so that it grows in place.
    builder_.store(
        groups,
        builder_.make(Opcode::MapSet, {builder_.load(groups), builder_.load(key), empty}, result));
    builder_.jump(grow);
    builder_.enter(fresh);
    builder_.store(list, builder_.make(Opcode::ListMake, {}, group));
    builder_.jump(grow);
    builder_.enter(grow);
    const ValueId grown = builder_.make(
        Opcode::ListPush, {builder_.load(list), convert(item, element(group))}, group);
    builder_.store(
        groups,
        builder_.make(Opcode::MapSet, {builder_.load(groups), builder_.load(key), grown}, result));
  });
  return builder_.load(groups);
}

ValueId ExprLowering::lower_sort_by(const sema::CallInfo& info, TypeId result) {
  const ast::Expr& function = *info.arguments[1].expr;
  const TypeId keys_type = types_.list(result_of(function));
  const SlotId items = builder_.slot("sort_by.items", result);
  const SlotId keys = builder_.slot("sort_by.keys", keys_type);
  builder_.store(items, builder_.make(Opcode::ListMake, {}, result));
  builder_.store(keys, builder_.make(Opcode::ListMake, {}, keys_type));
  for_each_item(info.arguments[0], "sort_by", [&](ValueId item, const LoopExits&) {
    item = convert(item, element(result));
    builder_.store(items, builder_.make(Opcode::ListPush, {builder_.load(items), item}, result));
    const ValueId key = convert(apply(function, {item}), element(keys_type));
    builder_.store(keys, builder_.make(Opcode::ListPush, {builder_.load(keys), key}, keys_type));
  });
  return builder_.make(Opcode::ListSortBy, {builder_.load(items), builder_.load(keys)}, result);
}

}  // namespace pflow
