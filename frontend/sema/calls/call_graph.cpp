#include "frontend/sema/calls/call_graph.h"

#include "frontend/ast/walk.h"

namespace pflow::sema {

namespace {

void for_each_tool(const Program& program, const ast::Expr& expr, auto&& visit) {
  if (auto tool = program.tools.find(expr.id); tool != program.tools.end())
    visit(tool->second.call.callee);
  for_each_child(expr, [&](const ast::Expr& child) { for_each_tool(program, child, visit); });
}

/// Only a whole stage, a `fallback` and a tool can be a call with effects.
void for_each_callee(const Program& program, const ast::FlowDecl& flow, auto&& visit) {
  if (flow.body == nullptr) return;
  for_each_statement(*flow.body, [&](const ast::Statement& statement) {
    for_each_root(statement, [&](const ast::Expr& root) {
      auto call = program.calls.find(root.id);
      if (call != program.calls.end() && call->second.callee.valid()) visit(call->second.callee);
      for_each_tool(program, root, visit);
    });
  });
}

}  // namespace

std::vector<CallableId> callees_of(const Program& program, CallableId id) {
  const Callable& callable = program.callable(id);
  std::vector<CallableId> found = callable.runs;
  if (callable.kind == CallableKind::Flow)
    for_each_callee(program, ast::as<ast::FlowDecl>(*callable.decl),
                    [&](CallableId callee) { found.push_back(callee); });
  return found;
}

std::vector<bool> reached_from(const Program& program, std::vector<CallableId> from) {
  std::vector<bool> reached(program.callables.size());
  for (CallableId id : from) reached[id.index] = true;
  while (!from.empty()) {
    const CallableId at = from.back();
    from.pop_back();
    for (CallableId callee : callees_of(program, at)) {
      if (reached[callee.index]) continue;
      reached[callee.index] = true;
      from.push_back(callee);
    }
  }
  return reached;
}

}  // namespace pflow::sema
