/// The note on two stages in a row that wait for the network and do not need each
/// other: `par` would run them at once.
#include <algorithm>
#include <unordered_set>

#include "frontend/ast/walk.h"
#include "frontend/sema/flow/flow_checks.h"
#include "frontend/sema/flow/flow_wording.h"
#include "frontend/sema/flow/key_access.h"

namespace pflow::sema {
namespace {

/// The one stage of the statement when it is a call that waits for the network and
/// for nothing else, and control comes to it from before alone.
const ast::Stage* waiting_stage(const FlowContext& context, const ast::Statement& statement) {
  if (statement.kind != ast::StatementKind::Chain) return nullptr;
  auto stages = ast::as<ast::ChainStatement>(statement).chain.stages;
  if (stages.size() != 1 || stages[0]->kind != ast::StageKind::Expr) return nullptr;
  const ast::Stage& stage = *stages[0];
  if (const LabelInfo* label = context.graph.label_of(stage))
    if (!label->transitions.empty() || !label->jumps.empty()) return nullptr;
  auto call = context.program.calls.find(stage.expr->id);
  if (call == context.program.calls.end() || !call->second.callee.valid()) return nullptr;
  const ast::Attributes& attributes = context.program.callable(call->second.callee).attributes;
  bool waits = attributes.async && attributes.effects == static_cast<uint16_t>(ast::Effect::Net) &&
               attributes.actions.empty();
  return waits ? &stage : nullptr;
}

/// Whether neither touches what the other writes.
bool independent(const FlowContext& context, const ast::Statement& first,
                 const ast::Statement& second) {
  std::vector<KeyAccess> here;
  std::vector<KeyAccess> there;
  collect_accesses(context.program, first, here);
  collect_accesses(context.program, second, there);
  auto clash = [](const std::vector<KeyAccess>& from, const std::vector<KeyAccess>& to) {
    std::unordered_set<KeyId> written;
    for (const KeyAccess& access : from)
      if (access.writes) written.insert(access.key);
    return std::any_of(to.begin(), to.end(),
                       [&](const KeyAccess& access) { return written.contains(access.key); });
  };
  return !clash(here, there) && !clash(there, here);
}

void check_list(FlowContext& context, const ast::Block& block) {
  const ast::Statement* before = nullptr;
  const ast::Stage* left = nullptr;
  for (const ast::Statement* statement : block.statements) {
    const ast::Stage* right = waiting_stage(context, *statement);
    if (left != nullptr && right != nullptr && independent(context, *before, *statement)) {
      context.diagnostics.report(diag::stages_in_a_row, right->expr->span)
          .label("waits for the one before")
          .secondary(left->expr->span, "independent of the next")
          .help("run them at once: `par { …; … }`");
      right = nullptr;
    }
    before = statement;
    left = right;
    if (const ast::Chain* chain = chain_of(*statement)) {
      for (const ast::Stage* stage : chain->stages) {
        if (stage->kind == ast::StageKind::Par) continue;
        for_each_block(*stage, [&](const ast::Block& inner) { check_list(context, inner); });
      }
    }
  }
}

}  // namespace

void check_neighbours(FlowContext& context) {
  if (context.graph.flow().body != nullptr) check_list(context, *context.graph.flow().body);
}

}  // namespace pflow::sema
