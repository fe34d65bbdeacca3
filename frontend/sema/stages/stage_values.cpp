#include "frontend/sema/stages/stage_values.h"

#include "frontend/ast/walk.h"
#include "frontend/sema/calls/callee.h"

namespace pflow::sema {

const ast::Stage* value_stage(const ast::Block& block) {
  if (block.statements.empty()) return nullptr;
  const ast::Statement& last = *block.statements.back();
  if (last.kind != ast::StatementKind::Chain) return nullptr;
  const ast::Chain& chain = ast::as<ast::ChainStatement>(last).chain;
  return chain.stages.empty() ? nullptr : chain.stages.back();
}

void use_value(Context& ctx, const ast::Stage& stage) {
  StageInfo& info = ctx.program.stages[stage.id.index];
  if (info.value_used) return;
  info.value_used = true;
  if (stage.kind == ast::StageKind::Each) {
    for (const FlowEnd& end : ctx.each_scopes.at(&stage)->graph->item_ends(stage))
      if (end.stage != nullptr) use_value(ctx, *end.stage);
    return;
  }
  if (stage.kind == ast::StageKind::Par || stage.kind == ast::StageKind::Repeat) return;
  for_each_block(stage, [&](const ast::Block& block) {
    if (const ast::Stage* last = value_stage(block)) use_value(ctx, *last);
  });
}

bool gives_echo(const Context& ctx, const ast::Stage& stage) {
  if (stage.kind == ast::StageKind::Expr) {
    const Callable* callable = stage_callable(ctx, stage);
    return callable != nullptr && value_is_incidental(*callable);
  }
  bool echo = false;
  for_each_block(stage, [&](const ast::Block& block) {
    const ast::Stage* last = value_stage(block);
    echo = echo || (last != nullptr && (!last->bindings.empty() || gives_echo(ctx, *last)));
  });
  return echo;
}

}  // namespace pflow::sema
