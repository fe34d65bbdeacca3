#include "frontend/lower/expr/pipes.h"

#include <utility>

#include "frontend/lower/expr/steps.h"

namespace pflow::lowering {

using ir::BlockId;
using ir::Opcode;
using ir::SlotId;
using ir::TypeId;
using ir::ValueId;
using sema::ArgumentSource;
using sema::Builtin;

namespace {

ir::FunctionId pipe_function(ExprContext& c, const std::vector<Step>& steps,
                             const std::vector<CarriedKey>& captures, TypeId item, Span span) {
  FlowPart part;
  part.params = captures;
  ir::Builder builder(c.types, ir::FunctionKind::Pure, c.module.fresh_name(c.function + ".pipe"),
                      span);
  ExprContext inner(c.module, builder, c.function, c.rules);
  inner.keys.add_params(part);
  const SlotId input = builder.param("item", item);
  const TypeId result = steps.back().item;
  const BlockId dropped = builder.block("dropped");
  run_steps(inner, steps, builder.load(input), {dropped, dropped},
            [&](ValueId value, const LoopExits&) {
              builder.add(Opcode::Return, {builder.const_bool(true), inner.convert(value, result)});
            });
  builder.enter(dropped);
  builder.add(Opcode::Return, {builder.const_bool(false), builder.make(Opcode::Zero, {}, result)});
  builder.function().results = {c.types.bool_, result};
  builder.function().result_names = {"keep", "item"};
  return c.module.add(builder.take());
}

}  // namespace

ValueId add_pipe(ExprContext& c, ValueId source, const std::vector<Step>& steps, Span span) {
  KeyUses uses(c.program);
  for (const Step& step : steps) uses.add(*step.function);
  const std::vector<CarriedKey> captures = keys_in(c.module, uses, false, {});
  const TypeId item = c.element(c.builder.type(source));
  const ir::FunctionId function = pipe_function(c, steps, captures, item, span);
  std::vector<ValueId> operands{source};
  for (const CarriedKey& key : captures) operands.push_back(c.builder.load(c.keys.slot(key)));
  c.builder.set_span(span);
  ir::Op& op =
      c.builder.add(Opcode::StreamPipe, std::move(operands), c.types.stream(steps.back().item));
  op.callee.function = function;
  return op.result;
}

ValueId lower_pipe(ExprContext& c, const ast::CallExpr& expr) {
  sema::BoundArgument whole;
  whole.source = ArgumentSource::Expr;
  whole.expr = &expr;
  const Sequence sequence = sequence_of(c, whole);
  ValueId stream = sequence.source;
  std::vector<Step> steps;
  for (Step step : sequence.steps) {
    const bool flattens = step.kind == Builtin::FlatMap;
    const TypeId item = step.item;
    // A pipe gives one item of one: here the list.
    if (flattens) step = {Builtin::Map, step.function, c.types.list(item)};
    steps.push_back(step);
    if (!flattens) continue;
    stream = add_pipe(c, stream, std::exchange(steps, {}), expr.span);
    stream = c.builder.make(Opcode::StreamFlatten, {stream}, c.types.stream(item));
  }
  return steps.empty() ? stream : add_pipe(c, stream, steps, expr.span);
}

}  // namespace pflow::lowering
