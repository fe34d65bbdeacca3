#include "frontend/lower/expr/sequence_calls.h"

#include "frontend/lower/expr/access.h"
#include "frontend/lower/expr/arguments.h"
#include "frontend/lower/expr/convert.h"
#include "frontend/lower/expr/function_arguments.h"
#include "frontend/lower/expr/pipes.h"
#include "frontend/lower/expr/sequence_loops.h"

namespace pflow::lowering {

using ir::BlockId;
using ir::Opcode;
using ir::SlotId;
using ir::TypeId;
using ir::TypeKind;
using ir::ValueId;
using sema::ArgumentSource;
using sema::Builtin;

namespace {

const char* builtin_name(Builtin builtin) {
  return builtin == Builtin::Map ? "map" : builtin == Builtin::Filter ? "filter" : "flat_map";
}

}  // namespace

ValueId lower_steps(ExprContext& c, const ast::CallExpr& expr, TypeId result) {
  if (c.is(result, TypeKind::Stream)) return lower_pipe(c, expr);
  const char* name = builtin_name(c.program.calls.at(expr.id).builtin);
  const SlotId out = c.builder.slot(std::string(name) + ".out", result);
  c.builder.store(out, c.builder.make(Opcode::ListMake, {}, result));
  sema::BoundArgument whole;
  whole.source = ArgumentSource::Expr;
  whole.expr = &expr;
  for_each_item(c, whole, name, [&](ValueId item, const LoopExits&) {
    item = c.convert(item, c.element(result));
    c.builder.store(out, c.builder.make(Opcode::ListPush, {c.builder.load(out), item}, result));
  });
  return c.builder.load(out);
}

ValueId lower_collect(ExprContext& c, const sema::CallInfo& info, TypeId result) {
  const SlotId out = c.builder.slot("list", result);
  c.builder.store(out, c.builder.make(Opcode::ListMake, {}, result));
  for_each_item(c, info.arguments[0], "collect", [&](ValueId item, const LoopExits&) {
    item = c.convert(item, c.element(result));
    c.builder.store(out, c.builder.make(Opcode::ListPush, {c.builder.load(out), item}, result));
  });
  return c.builder.load(out);
}

ValueId lower_fold(ExprContext& c, const sema::CallInfo& info, TypeId result) {
  const SlotId sum = c.builder.slot("fold.value", result);
  const sema::BoundArgument& first = info.arguments[1];
  c.builder.store(sum, first.source == ArgumentSource::Expr && first.expr != nullptr
                           ? c.lower_as(*first.expr, result)
                           : c.convert(argument(c, first), result));
  for_each_item(c, info.arguments[0], "fold", [&](ValueId item, const LoopExits&) {
    ValueId next = apply(c, *info.arguments[2].expr, {c.builder.load(sum), item});
    c.builder.store(sum, c.convert(next, result));
  });
  return c.builder.load(sum);
}

ValueId lower_any(ExprContext& c, const sema::CallInfo& info) {
  const bool is_any = info.builtin == Builtin::Any;
  const SlotId found = c.builder.slot(is_any ? "any" : "all", c.types.bool_);
  c.builder.store(found, c.builder.const_bool(!is_any));
  for_each_item(
      c, info.arguments[0], is_any ? "any" : "all", [&](ValueId item, const LoopExits& exits) {
        ValueId holds = c.convert(apply(c, *info.arguments[1].expr, {item}), c.types.bool_);
        const BlockId decided = c.builder.block("decided");
        c.builder.branch(holds, is_any ? decided : exits.next, is_any ? exits.next : decided);
        c.builder.enter(decided);
        c.builder.store(found, c.builder.const_bool(is_any));
        c.builder.jump(exits.done);
      });
  return c.builder.load(found);
}

namespace {

/// Whether the function, if any, holds of an item.
Extract is_counted(ExprContext& c, const ast::Expr* function) {
  if (function == nullptr)
    return {
        c.types.bool_, {}, [](ExprContext& in, ValueId) { return in.builder.const_bool(true); }};
  return {c.types.bool_, {function}, [function](ExprContext& in, ValueId item) {
            return in.convert(apply(in, *function, {item}), in.types.bool_);
          }};
}

}  // namespace

ValueId lower_count(ExprContext& c, const sema::CallInfo& info) {
  const ast::Expr* function = info.arguments.size() > 1 ? info.arguments[1].expr : nullptr;
  const SlotId count = c.builder.slot("count", c.types.int_);
  c.builder.store(count, c.builder.const_int(0));
  for_each_extract(
      c, info.arguments[0], "count", is_counted(c, function),
      [&](ValueId counts, const LoopExits& exits) {
        if (function != nullptr) {
          const BlockId counted = c.builder.block("counted");
          c.builder.branch(counts, counted, exits.next);
          c.builder.enter(counted);
        }
        c.builder.store(count,
                        c.builder.make(Opcode::Add, {c.builder.load(count), c.builder.const_int(1)},
                                       c.types.int_));
      });
  return c.builder.load(count);
}

namespace {

/// The text that a function gives for the item.
ValueId key_of(ExprContext& c, const ast::Expr& function, ValueId item) {
  return c.convert(as_text(c.builder, c.types, apply(c, function, {item})), c.types.str);
}

/// The key of an item and, where there is a second function, the number that it gives: a KeyValue.
Extract key_and_number(ExprContext& c, const sema::CallInfo& info, TypeId number) {
  const ast::Expr* key = info.arguments[1].expr;
  if (info.builtin == Builtin::CountBy)
    return {c.types.str, {key}, [key](ExprContext& in, ValueId item) {
              return key_of(in, *key, item);
            }};
  const ast::Expr* of = info.arguments[2].expr;
  const TypeId both = c.types.key_value(number);
  return {both, {key, of}, [=](ExprContext& in, ValueId item) {
            const ValueId made = key_of(in, *key, item);
            return in.builder.make(Opcode::RecordMake,
                                   {made, in.convert(apply(in, *of, {item}), number)}, both);
          }};
}

}  // namespace

ValueId lower_group_by(ExprContext& c, const sema::CallInfo& info, TypeId result) {
  const TypeId group = c.element(result);
  const SlotId groups = c.builder.slot("group_by.groups", result);
  const SlotId key = c.builder.slot("group_by.key", c.types.str);
  const SlotId list = c.builder.slot("group_by.list", group);
  c.builder.store(groups, c.builder.make(Opcode::MapMake, {}, result));
  for_each_item(c, info.arguments[0], "group_by", [&](ValueId item, const LoopExits&) {
    c.builder.store(key, key_of(c, *info.arguments[1].expr, item));
    const BlockId known = c.builder.block("known_group");
    const BlockId fresh = c.builder.block("new_group");
    const BlockId grow = c.builder.block("grow_group");
    const ValueId has = c.builder.make(
        Opcode::Contains, {c.builder.load(groups), c.builder.load(key)}, c.types.bool_);
    const ValueId empty = c.builder.make(Opcode::Zero, {}, group);
    c.builder.branch(has, known, fresh);
    c.builder.enter(known);
    c.builder.store(list, c.builder.make(Opcode::MapIndex,
                                         {c.builder.load(groups), c.builder.load(key)}, group));
    // The map lets go of the list, so that it grows in place.
    c.builder.store(
        groups, c.builder.make(Opcode::MapSet, {c.builder.load(groups), c.builder.load(key), empty},
                               result));
    c.builder.jump(grow);
    c.builder.enter(fresh);
    c.builder.store(list, c.builder.make(Opcode::ListMake, {}, group));
    c.builder.jump(grow);
    c.builder.enter(grow);
    const ValueId grown = c.builder.make(
        Opcode::ListPush, {c.builder.load(list), c.convert(item, c.element(group))}, group);
    c.builder.store(
        groups, c.builder.make(Opcode::MapSet, {c.builder.load(groups), c.builder.load(key), grown},
                               result));
  });
  return c.builder.load(groups);
}

ValueId lower_sum_by(ExprContext& c, const sema::CallInfo& info, TypeId result) {
  const char* name = info.builtin == Builtin::CountBy ? "count_by" : "sum_by";
  const TypeId number = c.element(result);
  const SlotId sums = c.builder.slot(std::string(name) + ".sums", result);
  const SlotId key = c.builder.slot(std::string(name) + ".key", c.types.str);
  const SlotId sum = c.builder.slot(std::string(name) + ".sum", number);
  c.builder.store(sums, c.builder.make(Opcode::MapMake, {}, result));
  const Extract extract = key_and_number(c, info, number);
  for_each_extract(c, info.arguments[0], name, extract, [&](ValueId item, const LoopExits&) {
    const bool counts = info.builtin == Builtin::CountBy;
    c.builder.store(key, counts ? item : get_field(c, item, "key"));
    c.builder.store(sum, counts ? c.builder.const_int(1) : get_field(c, item, "value"));
    const BlockId known = c.builder.block("known_key");
    const BlockId kept = c.builder.block("keep_sum");
    const ValueId before = c.builder.make(
        Opcode::MapGet, {c.builder.load(sums), c.builder.load(key)}, c.types.opt(number));
    c.builder.branch(c.builder.make(Opcode::OptHas, {before}, c.types.bool_), known, kept);
    c.builder.enter(known);
    const ValueId so_far = c.builder.make(Opcode::OptGet, {before}, number);
    c.builder.store(sum, c.builder.make(Opcode::Add, {so_far, c.builder.load(sum)}, number));
    c.builder.jump(kept);
    c.builder.enter(kept);
    c.builder.store(
        sums,
        c.builder.make(Opcode::MapSet,
                       {c.builder.load(sums), c.builder.load(key), c.builder.load(sum)}, result));
  });
  return c.builder.load(sums);
}

namespace {

/// The greatest `count` of the items that are kept, with their keys.
void keep_top(ExprContext& c, SlotId items, SlotId keys, SlotId count, TypeId items_type,
              TypeId keys_type) {
  const auto top = [&](SlotId list, TypeId type) {
    return c.builder.make(
        Opcode::ListTop, {c.builder.load(list), c.builder.load(keys), c.builder.load(count)}, type);
  };
  c.builder.store(items, top(items, items_type));
  c.builder.store(keys, top(keys, keys_type));
}

}  // namespace

ValueId lower_top(ExprContext& c, const sema::CallInfo& info, TypeId result) {
  constexpr int64_t kMostKept = 1024;  // so that few items are sorted seldom
  const ast::Expr& function = *info.arguments[2].expr;
  const TypeId keys_type = c.types.list(result_of(c, function));
  const SlotId items = c.builder.slot("top.items", result);
  const SlotId keys = c.builder.slot("top.keys", keys_type);
  const SlotId count = c.builder.slot("top.count", c.types.int_);
  const SlotId room = c.builder.slot("top.room", c.types.int_);
  c.builder.store(count, c.convert(argument(c, info.arguments[1]), c.types.int_));
  const ValueId twice =
      c.builder.make(Opcode::Add, {c.builder.load(count), c.builder.load(count)}, c.types.int_);
  c.builder.store(
      room, c.builder.make(Opcode::Add, {twice, c.builder.const_int(kMostKept)}, c.types.int_));
  c.builder.store(items, c.builder.make(Opcode::ListMake, {}, result));
  c.builder.store(keys, c.builder.make(Opcode::ListMake, {}, keys_type));
  for_each_item(c, info.arguments[0], "top", [&](ValueId item, const LoopExits& exits) {
    item = c.convert(item, c.element(result));
    c.builder.store(items, c.builder.make(Opcode::ListPush, {c.builder.load(items), item}, result));
    const ValueId key = c.convert(apply(c, function, {item}), c.element(keys_type));
    c.builder.store(keys, c.builder.make(Opcode::ListPush, {c.builder.load(keys), key}, keys_type));
    const BlockId full = c.builder.block("full");
    const ValueId kept = c.builder.make(Opcode::Len, {c.builder.load(items)}, c.types.int_);
    c.builder.branch(c.builder.make(Opcode::Lt, {kept, c.builder.load(room)}, c.types.bool_),
                     exits.next, full);
    c.builder.enter(full);
    keep_top(c, items, keys, count, result, keys_type);
  });
  keep_top(c, items, keys, count, result, keys_type);
  return c.builder.load(items);
}

ValueId lower_sort_by(ExprContext& c, const sema::CallInfo& info, TypeId result) {
  const ast::Expr& function = *info.arguments[1].expr;
  const TypeId keys_type = c.types.list(result_of(c, function));
  const SlotId items = c.builder.slot("sort_by.items", result);
  const SlotId keys = c.builder.slot("sort_by.keys", keys_type);
  c.builder.store(items, c.builder.make(Opcode::ListMake, {}, result));
  c.builder.store(keys, c.builder.make(Opcode::ListMake, {}, keys_type));
  for_each_item(c, info.arguments[0], "sort_by", [&](ValueId item, const LoopExits&) {
    item = c.convert(item, c.element(result));
    c.builder.store(items, c.builder.make(Opcode::ListPush, {c.builder.load(items), item}, result));
    const ValueId key = c.convert(apply(c, function, {item}), c.element(keys_type));
    c.builder.store(keys, c.builder.make(Opcode::ListPush, {c.builder.load(keys), key}, keys_type));
  });
  return c.builder.make(Opcode::ListSortBy, {c.builder.load(items), c.builder.load(keys)}, result);
}

}  // namespace pflow::lowering
