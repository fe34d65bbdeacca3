#include "frontend/lower/expr/sequence_loops.h"

#include <algorithm>

#include "frontend/lower/expr/loops.h"
#include "frontend/lower/expr/pipes.h"

namespace pflow::lowering {

using ir::BlockId;
using ir::Opcode;
using ir::TypeId;
using ir::TypeKind;
using ir::ValueId;
using sema::Builtin;

namespace {

/// Moves the steps before the first flat_map into a pipe. Without any, to read records is the work.
void pipe_steps(ExprContext& c, Sequence& sequence) {
  const auto flattens = [](const Step& step) { return step.kind == Builtin::FlatMap; };
  const auto end = std::ranges::find_if(sequence.steps, flattens);
  const std::vector<Step> piped(sequence.steps.begin(), end);
  const TypeId stream = c.builder.type(sequence.source);
  if (piped.empty()) {
    if (c.is(c.element(stream), TypeKind::Record))
      sequence.source = c.builder.make(Opcode::StreamOnCores, {sequence.source}, stream);
    return;
  }
  sequence.source = add_pipe(c, sequence.source, piped, piped.back().function->span);
  sequence.steps.erase(sequence.steps.begin(), end);
}

}  // namespace

void for_each_item(ExprContext& c, const sema::BoundArgument& items, const std::string& name,
                   const ItemBody& body) {
  Sequence sequence = sequence_of(c, items);
  if (!sequence.source.valid()) return;
  const bool streams = c.is(c.builder.type(sequence.source), TypeKind::Stream);
  if (streams) pipe_steps(c, sequence);
  const ValueId source = sequence.source;
  const bool counts = sequence.from.valid();
  const Loop loop = counts    ? begin_counting_loop(c, name, sequence.from, source)
                    : streams ? begin_stream_loop(c, name, source)
                              : begin_loop(c, name, source);
  const BlockId next = streams ? loop.head : c.builder.block(name + "_next");
  run_steps(c, sequence.steps, loop_item(c, loop), {next, loop.done}, body);
  if (streams) return c.builder.enter(loop.done);
  c.builder.enter(next);
  end_loop(c, loop);
}

}  // namespace pflow::lowering
