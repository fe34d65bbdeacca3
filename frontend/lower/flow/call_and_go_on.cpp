#include "frontend/lower/flow/call_and_go_on.h"

#include <string>
#include <utility>

#include "frontend/lower/module/sites.h"
#include "frontend/lower/module/wrap_node.h"

namespace pflow::lowering {

using ir::Opcode;

void call_and_go_on(ModuleContext& module, ir::Builder& builder, const sema::CallInfo& call,
                    std::vector<ir::ValueId> arguments, std::vector<ir::SlotId> outputs,
                    Span span) {
  const sema::Callable& callee = module.program().callable(call.callee);
  const ir::SiteId site = add_site(module, builder.function().name, {}, call, span);
  const ir::Callee runs = callee_at(module, call, site, span);
  const ir::BlockId done = builder.block("done");
  ir::Op& op = builder.add(invokes(callee) ? Opcode::Invoke : Opcode::Call, std::move(arguments));
  op.callee = runs;
  op.slots = std::move(outputs);
  op.site = site;
  op.target = done;
  for (std::string_view action : callee.attributes.actions)
    if (runs.node.valid())
      op.edges.push_back({std::string(action), done});
    else
      op.slots.resize(callee.outputs.size() + 1);
  if (!op.is_terminator()) builder.jump(done);
  builder.enter(done);
}

}  // namespace pflow::lowering
