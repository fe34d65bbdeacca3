#include "frontend/lower/expr/steps.h"

#include "frontend/lower/expr/function_arguments.h"
#include "frontend/lower/expr/loops.h"

namespace pflow::lowering {

using ir::BlockId;
using ir::ValueId;
using sema::Builtin;

void run_steps(ExprContext& c, std::span<const Step> steps, ValueId item, const LoopExits& exits,
               const ItemBody& body) {
  for (size_t i = 0; i < steps.size(); ++i) {
    const Step& step = steps[i];
    const ValueId made = apply(c, *step.function, {item});
    if (step.kind == Builtin::Map) {
      item = c.convert(made, step.item);
    } else if (step.kind == Builtin::Filter) {
      const BlockId keep = c.builder.block("keep");
      c.builder.branch(c.convert(made, c.types.bool_), keep, exits.next);
      c.builder.enter(keep);
      item = c.convert(item, step.item);
    } else {
      const Loop inner = begin_loop(c, "flat_map", c.convert(made, c.types.list(step.item)));
      const BlockId next = c.builder.block("flat_map_next");
      run_steps(c, steps.subspan(i + 1), loop_item(c, inner), {next, exits.done}, body);
      c.builder.enter(next);
      end_loop(c, inner);
      return c.builder.jump(exits.next);
    }
  }
  body(item, exits);
  if (c.builder.open()) c.builder.jump(exits.next);
}

}  // namespace pflow::lowering
