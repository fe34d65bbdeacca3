#include "frontend/lower/flow/flow_lowering.h"

#include "frontend/lower/expr/expr_lowering.h"
#include "frontend/lower/flow/ends.h"
#include "frontend/lower/flow/failures.h"
#include "frontend/lower/flow/flow_body.h"
#include "frontend/lower/flow/statements.h"

namespace pflow::lowering {

using ir::BlockId;

namespace {

const ast::OnErrorStatement* find_on_error(const ast::Block& body) {
  for (const ast::Statement* statement : body.statements)
    if (statement->kind == ast::StatementKind::OnError)
      return &ast::as<ast::OnErrorStatement>(*statement);
  return nullptr;
}

ir::Function run_flow(FlowContext& f, const ast::Block& body) {
  const ast::OnErrorStatement* handler = find_on_error(body);
  return lower_body(f, [&] {
    if (handler == nullptr) return f.lower(body);
    const BlockId caught = f.builder.block("on_error");
    f.base_unwind = caught;
    f.builder.set_unwind(caught);
    const BlockId begin = f.builder.block("begin");
    f.builder.jump(begin);
    f.builder.enter(begin);
    Held value = f.lower(body);
    if (f.builder.open()) end_flow(f, value);
    lower_pending(f);
    lower_on_error(f, *handler, caught);
    return Held{};
  });
}

}  // namespace

ir::Function lower_flow(ModuleContext& module, const sema::Body& body) {
  const auto& flow = ast::as<ast::FlowDecl>(*module.program().callable(body.callable).decl);
  FlowContext context(module, FlowPart::of(module, body), kFlowRules, kExprRules);
  return run_flow(context, *flow.body);
}

}  // namespace pflow::lowering
