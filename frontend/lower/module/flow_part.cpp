#include "frontend/lower/module/flow_part.h"

#include <algorithm>

namespace pflow::lowering {

using sema::KeyId;

FlowPart FlowPart::of(const ModuleContext& module, const sema::Body& body) {
  const sema::Callable& callable = module.program().callable(body.callable);
  FlowPart part;
  part.name = module.text(callable.name);
  part.flow = part.name;
  part.span = callable.decl->span;
  for (KeyId key : callable.params) {
    part.params.push_back({key});
    if (module.uses().writes_of(key) > 0) part.assigned.push_back(key);
  }
  for (KeyId key : body.result_keys) part.results.push_back({key});
  if (body.result_keys.empty() && !body.results.empty())
    part.value = body.results.front();
  else
    part.result_types = body.results;
  return part;
}

namespace {

bool has(const std::vector<KeyId>& keys, KeyId key) {
  return std::ranges::find(keys, key) != keys.end();
}

bool comes_in(const std::vector<CarriedKey>& keys, KeyId key) {
  return std::ranges::any_of(keys, [&](const CarriedKey& in) { return in.key == key; });
}

void carry(const ModuleContext& module, std::vector<CarriedKey>& keys, KeyId key) {
  keys.push_back({key});
  if (module.has_flag(key)) keys.push_back({key, true});
}

bool set_outside(const ModuleContext& module, const KeyUses& uses, KeyId key) {
  return module.program().key(key).kind == sema::KeyKind::Param ||
         module.uses().writes_of(key) > uses.writes_of(key);
}

void add_surely_set(const sema::Program& program, const ast::Block& block,
                    std::vector<KeyId>& keys) {
  for (const ast::Statement* statement : block.statements) {
    const std::vector<KeyId> more = surely_set(program, *statement);
    keys.insert(keys.end(), more.begin(), more.end());
  }
}

}  // namespace

std::vector<KeyId> surely_set(const sema::Program& program, const ast::Statement& statement) {
  std::vector<KeyId> keys;
  if (statement.kind == ast::StatementKind::Let)
    keys.push_back(program.lets.at(&ast::as<ast::LetStatement>(statement).let));
  if (statement.kind == ast::StatementKind::Assign)
    keys.push_back(program.assigns.at(&ast::as<ast::AssignStatement>(statement)));
  if (statement.kind != ast::StatementKind::Chain) return keys;
  for (const ast::Stage* stage : ast::as<ast::ChainStatement>(statement).chain.stages) {
    const sema::StageInfo& info = program.stage(stage->id);
    // A fallback sets the first output alone.
    const bool falls_back = std::ranges::any_of(info.policies, [](const sema::StagePolicy& policy) {
      return policy.kind == ir::Policy::Fallback;
    });
    for (const sema::StageWrite& write : info.writes)
      if (!falls_back) keys.push_back(write.key);
    if (stage->kind == ast::StageKind::Block && !falls_back)
      add_surely_set(program, *stage->block, keys);
  }
  return keys;
}

std::vector<CarriedKey> keys_in(const ModuleContext& module, const KeyUses& uses, bool gives_back,
                                const std::vector<KeyId>& surely_set) {
  std::vector<CarriedKey> in;
  for (KeyId key : uses.reads())
    if (uses.writes_of(key) == 0 || set_outside(module, uses, key)) carry(module, in, key);
  if (!gives_back) return in;
  for (KeyId key : uses.writes())
    if (!comes_in(in, key) && !has(surely_set, key) && set_outside(module, uses, key))
      carry(module, in, key);
  return in;
}

std::vector<CarriedKey> keys_out(const ModuleContext& module, const KeyUses& uses,
                                 const std::vector<CarriedKey>& in) {
  std::vector<CarriedKey> out;
  for (KeyId key : uses.writes())
    if (comes_in(in, key) || module.uses().reads_of(key) > uses.reads_of(key))
      carry(module, out, key);
  return out;
}

}  // namespace pflow::lowering
