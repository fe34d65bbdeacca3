#include "frontend/lower/expr/tools.h"

#include "frontend/lower/module/tools.h"

namespace pflow::lowering {

ir::ValueId lower_tool(ExprContext& c, const ast::Expr& expr) {
  const sema::ToolUse& use = c.program.tools.at(expr.id);
  const size_t number = tool_of(c.module, c.function, use.call, use.input, use.at->span);
  ir::Op& op = c.builder.add(ir::Opcode::ConstTool, {}, c.types.tool);
  op.integer = static_cast<int64_t>(number);
  op.callee.function = c.module.made().tools[number].flow;
  return op.result;
}

}  // namespace pflow::lowering
