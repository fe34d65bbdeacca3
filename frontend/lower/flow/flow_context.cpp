#include "frontend/lower/flow/flow_context.h"

#include <utility>

namespace pflow::lowering {

FlowContext::FlowContext(ModuleContext& module, FlowPart of, const FlowRules& rules,
                         const ExprRules& expr_rules)
    : module(module),
      program(module.program()),
      part(std::move(of)),
      types(module.types()),
      builder(module.types(), ir::FunctionKind::Flow, module.fresh_name(part.name), part.span),
      exprs(module, builder, part.flow, expr_rules),
      rules(rules) {}

}  // namespace pflow::lowering
