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

ir::FunctionId pipe_function(ExprContext& c, const std::vector<Step>& steps, const Extract& extract,
                             const std::vector<CarriedKey>& captures, TypeId item, Span span) {
  FlowPart part;
  part.params = captures;
  ir::Builder builder(c.types, ir::FunctionKind::Pure, c.module.fresh_name(c.function + ".pipe"),
                      span);
  ExprContext inner(c.module, builder, c.function, c.rules);
  inner.keys.add_params(part);
  const SlotId input = builder.param("item", item);
  const BlockId dropped = builder.block("dropped");
  run_steps(inner, steps, builder.load(input), {dropped, dropped},
            [&](ValueId value, const LoopExits&) {
              const ValueId made = inner.convert(extract.make(inner, value), extract.type);
              builder.add(Opcode::Return, {builder.const_bool(true), made});
            });
  builder.enter(dropped);
  builder.add(Opcode::Return,
              {builder.const_bool(false), builder.make(Opcode::Zero, {}, extract.type)});
  builder.function().results = {c.types.bool_, extract.type};
  builder.function().result_names = {"keep", "item"};
  return c.module.add(builder.take());
}

}  // namespace

Extract as_it_is(TypeId type) {
  return {type, {}, [](ExprContext&, ValueId item) { return item; }};
}

ValueId add_pipe(ExprContext& c, ValueId source, const std::vector<Step>& steps,
                 const Extract& extract, Span span) {
  KeyUses uses(c.program);
  for (const Step& step : steps) uses.add(*step.function);
  for (const ast::Expr* function : extract.functions) uses.add(*function);
  const std::vector<CarriedKey> captures = keys_in(c.module, uses, false, {});
  const TypeId item = c.element(c.builder.type(source));
  const ir::FunctionId function = pipe_function(c, steps, extract, captures, item, span);
  std::vector<ValueId> operands{source};
  for (const CarriedKey& key : captures) operands.push_back(c.builder.load(c.keys.slot(key)));
  c.builder.set_span(span);
  ir::Op& op = c.builder.add(Opcode::StreamPipe, std::move(operands), c.types.stream(extract.type));
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
    const Extract list = as_it_is(steps.back().item);
    stream = add_pipe(c, stream, std::exchange(steps, {}), list, expr.span);
    stream = c.builder.make(Opcode::StreamFlatten, {stream}, c.types.stream(item));
  }
  if (steps.empty()) return stream;
  return add_pipe(c, stream, steps, as_it_is(steps.back().item), expr.span);
}

}  // namespace pflow::lowering
