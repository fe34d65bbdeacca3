#include "frontend/lower/expr/sequence_loops.h"

#include <algorithm>

#include "frontend/lower/expr/loops.h"

namespace pflow::lowering {

using ir::BlockId;
using ir::Opcode;
using ir::TypeId;
using ir::TypeKind;
using ir::ValueId;
using sema::Builtin;

namespace {

/// Moves the steps before the first flat_map into a pipe, and `extract` when there is none: whether
/// the stream then gives what that makes.
bool pipe_steps(ExprContext& c, Sequence& sequence, const Extract* extract) {
  const auto flattens = [](const Step& step) { return step.kind == Builtin::FlatMap; };
  const auto end = std::ranges::find_if(sequence.steps, flattens);
  const std::vector<Step> piped(sequence.steps.begin(), end);
  const bool extracts = extract != nullptr && end == sequence.steps.end();
  const TypeId stream = c.builder.type(sequence.source);
  const bool computes = extracts && !extract->functions.empty();
  const bool reads = c.is(c.element(stream), TypeKind::Record);  // which is work, too
  if (piped.empty() && !computes && !reads) return false;
  if (piped.empty() && !extracts) {
    sequence.source = c.builder.make(Opcode::StreamOnCores, {sequence.source}, stream);
    return false;
  }
  const Span span = piped.empty() ? c.builder.span() : piped.back().function->span;
  sequence.source =
      add_pipe(c, sequence.source, piped, extracts ? *extract : as_it_is(piped.back().item), span);
  sequence.steps.erase(sequence.steps.begin(), end);
  return extracts;
}

void loop_over(ExprContext& c, const sema::BoundArgument& items, const std::string& name,
               const Extract* extract, const ItemBody& body) {
  Sequence sequence = sequence_of(c, items);
  if (!sequence.source.valid()) return;
  const bool streams = c.is(c.builder.type(sequence.source), TypeKind::Stream);
  const bool extracted = streams && pipe_steps(c, sequence, extract);
  const ValueId source = sequence.source;
  const bool counts = sequence.from.valid();
  const Loop loop = counts    ? begin_counting_loop(c, name, sequence.from, source)
                    : streams ? begin_stream_loop(c, name, source)
                              : begin_loop(c, name, source);
  const BlockId next = streams ? loop.head : c.builder.block(name + "_next");
  run_steps(c, sequence.steps, loop_item(c, loop), {next, loop.done},
            [&](ValueId item, const LoopExits& exits) {
              body(extract == nullptr || extracted ? item : extract->make(c, item), exits);
            });
  if (streams) return c.builder.enter(loop.done);
  c.builder.enter(next);
  end_loop(c, loop);
}

}  // namespace

void for_each_item(ExprContext& c, const sema::BoundArgument& items, const std::string& name,
                   const ItemBody& body) {
  loop_over(c, items, name, nullptr, body);
}

void for_each_extract(ExprContext& c, const sema::BoundArgument& items, const std::string& name,
                      const Extract& extract, const ItemBody& body) {
  loop_over(c, items, name, &extract, body);
}

}  // namespace pflow::lowering
