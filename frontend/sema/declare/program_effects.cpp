#include "frontend/sema/declare/program_effects.h"

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

std::vector<uint16_t> program_effects(const Program& program) {
  size_t count = program.callables.size();
  std::vector<uint16_t> effects(count);
  std::vector<std::vector<uint32_t>> callers(count);
  std::vector<uint32_t> work;
  for (uint32_t id = 0; id < count; ++id) {
    const Callable& callable = program.callables[id];
    effects[id] = callable.attributes.effects;
    if (effects[id] != 0) work.push_back(id);
    if (callable.kind != CallableKind::Flow) continue;
    for_each_callee(program, ast::as<ast::FlowDecl>(*callable.decl),
                    [&](CallableId callee) { callers[callee.index].push_back(id); });
  }
  while (!work.empty()) {
    uint32_t callee = work.back();
    work.pop_back();
    for (uint32_t caller : callers[callee]) {
      uint16_t both = effects[caller] | effects[callee];
      if (both == effects[caller]) continue;
      effects[caller] = both;
      work.push_back(caller);
    }
  }
  return effects;
}

}  // namespace pflow::sema
