#include "frontend/lower/expr/loops.h"

namespace pflow::lowering {

using ir::Opcode;
using ir::ValueId;

namespace {

void make_blocks(ExprContext& c, Loop& loop, std::string name) {
  loop.head = c.builder.block(name);
  loop.body = c.builder.block(name + "_item");
  loop.done = c.builder.block("after_" + name);
  loop.name = std::move(name);
}

/// While there are further items.
void enter_body(ExprContext& c, const Loop& loop) {
  c.builder.jump(loop.head);
  c.builder.enter(loop.head);
  ValueId more = c.builder.make(
      Opcode::Lt, {c.builder.load(loop.index), c.builder.load(loop.count)}, c.types.bool_);
  c.builder.branch(more, loop.body, loop.done);
  c.builder.enter(loop.body);
}

}  // namespace

Loop begin_loop(ExprContext& c, std::string name, ValueId list) {
  Loop loop;
  loop.list = c.builder.slot(name + ".list", c.builder.type(list));
  loop.index = c.builder.slot(name + ".index", c.types.int_);
  loop.count = c.builder.slot(name + ".count", c.types.int_);
  make_blocks(c, loop, std::move(name));
  c.builder.store(loop.count, c.builder.make(Opcode::Len, {list}, c.types.int_));
  c.builder.store(loop.list, list);
  c.builder.store(loop.index, c.builder.const_int(0));
  enter_body(c, loop);
  return loop;
}

Loop begin_counting_loop(ExprContext& c, std::string name, ValueId from, ValueId to) {
  Loop loop;
  loop.index = c.builder.slot(name + ".number", c.types.int_);
  loop.count = c.builder.slot(name + ".end", c.types.int_);
  make_blocks(c, loop, std::move(name));
  c.builder.store(loop.count, to);
  c.builder.store(loop.index, from);
  enter_body(c, loop);
  return loop;
}

Loop begin_stream_loop(ExprContext& c, std::string name, ValueId stream) {
  Loop loop;
  loop.list = c.builder.slot(name + ".stream", c.builder.type(stream));
  loop.item = c.builder.slot(name + ".item", c.element(c.builder.type(stream)));
  make_blocks(c, loop, std::move(name));
  c.builder.store(loop.list, stream);
  c.builder.jump(loop.head);
  c.builder.enter(loop.head);
  ir::Op& next = c.builder.add(Opcode::StreamNext, {});
  next.slot = loop.list;
  next.slots = {loop.item};
  next.target = loop.body;
  next.target_false = loop.done;
  c.builder.enter(loop.body);
  return loop;
}

ValueId loop_item(ExprContext& c, const Loop& loop) {
  if (loop.item.valid()) return c.builder.load(loop.item);
  if (!loop.list.valid()) return c.builder.load(loop.index);
  ValueId list = c.builder.load(loop.list);
  return c.builder.make(Opcode::Index, {list, c.builder.load(loop.index)},
                        c.element(c.builder.type(list)));
}

void end_loop(ExprContext& c, const Loop& loop) {
  if (!loop.item.valid()) {
    ValueId next = c.builder.make(Opcode::Add, {c.builder.load(loop.index), c.builder.const_int(1)},
                                  c.types.int_);
    c.builder.store(loop.index, next);
  }
  c.builder.jump(loop.head);
  c.builder.enter(loop.done);
}

}  // namespace pflow::lowering
