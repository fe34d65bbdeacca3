#include "frontend/sema/stages/body_stages.h"

#include "frontend/ast/walk.h"
#include "frontend/sema/exprs/expressions.h"
#include "frontend/sema/stages/flow_value.h"
#include "frontend/sema/stages/region_facts.h"
#include "frontend/sema/stages/stage_values.h"
#include "frontend/sema/stages/statements.h"
#include "frontend/sema/types/conversions.h"

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

namespace {

TypeId block_value(const Context& ctx, const ast::Block& block) {
  const ast::Stage* last = value_stage(block);
  return last == nullptr ? ctx.types.void_ : ctx.program.stage(last->id).value;
}

/// The type that the values of all arms from which control goes on reach; void when
/// one gives none, or they do not join.
TypeId arms_value(Context& ctx, const Scope& scope, const ast::Stage& stage) {
  if (stage.if_ != nullptr && stage.if_->otherwise == nullptr) return ctx.types.void_;
  TypeId joined;
  bool none = false;
  for_each_block(stage, [&](const ast::Block& block) {
    if (!scope.graph->region(scope.graph->region_of(block)).goes_on) return;
    TypeId value = block_value(ctx, block);
    if (ctx.types.is(value, TypeKind::Void)) none = true;
    if (none) return;
    joined = joined.valid() ? join_types(ctx.types, joined, value) : value;
    none = !joined.valid();
  });
  return none || !joined.valid() ? ctx.types.void_ : joined;
}

TypeId check_each(Context& ctx, const ast::Stage& stage) {
  if (const ast::Stage* left = ctx.stage_places[stage.id.index].previous) use_value(ctx, *left);
  Scope& body = *ctx.each_scopes.at(&stage);
  check_flow_body(ctx, body);
  TypeId item = item_value(ctx, body);
  if (ctx.types.is(item, TypeKind::Void) || ctx.types.is(item, TypeKind::Error)) return item;
  return ctx.program.stage(stage.id).over_stream ? ctx.types.stream(item) : ctx.types.list(item);
}

TypeId check_repeat(Context& ctx, Scope& scope, const ast::Stage& stage) {
  const ast::RepeatForm& form = *stage.repeat;
  check_block(ctx, scope, *form.body);
  if (form.until == nullptr) return ctx.types.void_;
  RegionId loop = scope.graph->region_of(*form.body);
  KeyId error_key = ctx.stage_places[stage.id.index].error_key;
  Env env = env_in(ctx, scope, loop, scope.graph->region(loop).test, error_key);
  check_as(env, *form.until, ctx.types.bool_, {{}, "a condition"});
  return ctx.types.void_;
}

}  // namespace

TypeId check_body_stage(Context& ctx, Scope& scope, const ast::Stage& stage) {
  check_form(ctx, stage);
  switch (stage.kind) {
    case ast::StageKind::Expr:
    case ast::StageKind::Break:
    case ast::StageKind::Continue:
    case ast::StageKind::End: return ctx.types.void_;
    case ast::StageKind::Each: return check_each(ctx, stage);
    case ast::StageKind::Repeat: return check_repeat(ctx, scope, stage);
    case ast::StageKind::Block:
      check_block(ctx, scope, *stage.block);
      return block_value(ctx, *stage.block);
    case ast::StageKind::Par: check_block(ctx, scope, *stage.block); return ctx.types.void_;
    case ast::StageKind::If:
    case ast::StageKind::Match: break;
  }
  for_each_block(stage, [&](const ast::Block& block) { check_block(ctx, scope, block); });
  return arms_value(ctx, scope, stage);
}

}  // namespace pflow::sema
