#include "frontend/lower/expr/tools.h"

#include <algorithm>

#include "frontend/lower/module/sites.h"
#include "frontend/lower/module/wrap_node.h"

namespace pflow::lowering {
namespace {

/// The number of the tool, which is made when it is met first.
size_t tool_of(ExprContext& c, const sema::ToolUse& use) {
  std::vector<ir::Tool>& tools = c.module.made().tools;
  auto known = std::ranges::find(tools, use.input, &ir::Tool::input);
  if (known != tools.end()) return static_cast<size_t>(known - tools.begin());
  const sema::Callable& callable = c.program.callable(use.call.callee);
  const std::string name(c.module.text(callable.name));
  const ir::SiteId site = add_site(c.module, c.function, {}, use.call, use.at->span);
  const ir::FunctionId flow = wrap_node(c.module, "tool." + name, use.call, site, use.at->span);
  tools.push_back({name, std::string(callable.decl->doc), use.input, flow});
  return tools.size() - 1;
}

}  // namespace

ir::ValueId lower_tool(ExprContext& c, const ast::Expr& expr) {
  const size_t number = tool_of(c, c.program.tools.at(expr.id));
  ir::Op& op = c.builder.add(ir::Opcode::ConstTool, {}, c.types.tool);
  op.integer = static_cast<int64_t>(number);
  op.callee.function = c.module.made().tools[number].flow;
  return op.result;
}

}  // namespace pflow::lowering
