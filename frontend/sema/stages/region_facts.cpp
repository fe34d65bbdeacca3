#include "frontend/sema/stages/region_facts.h"

#include <algorithm>

#include "frontend/sema/exprs/expressions.h"
#include "frontend/sema/exprs/patterns.h"
#include "frontend/sema/stages/keys.h"
#include "frontend/sema/types/narrowing.h"

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

namespace {

bool has_setter(const FlowGraph& graph, Symbol name, uint32_t first, uint32_t end) {
  std::span<const FlowNodeId> setters = graph.setters(name);
  auto found = std::lower_bound(setters.begin(), setters.end(), FlowNodeId(first));
  return found != setters.end() && found->index < end;
}

/// Whether nothing between the region's begin and the node sets the key again. In a
/// `repeat` inside of the region, what stands later comes before, too.
bool still_holds(const FlowGraph& graph, Symbol name, RegionId region, FlowNodeId at) {
  const Region& outer = graph.region(region);
  uint32_t end = at.index;
  for (RegionId id = graph.region_of(at); id.valid() && id != region; id = graph.region(id).parent)
    if (graph.region(id).kind == RegionKind::Loop) end = std::max(end, graph.region(id).end);
  return !has_setter(graph, name, outer.first, end);
}

bool may_have_facts(RegionKind kind) {
  return kind == RegionKind::Each || kind == RegionKind::Loop || kind == RegionKind::Arm;
}

/// The type of what the form runs through, without reports twice.
TypeId items_type(Context& ctx, const ast::Stage& stage, const StagePlace& place) {
  if (stage.repeat != nullptr) {
    Env env = env_at(ctx, *place.scope, place.scope->graph->node_of(stage), place.error_key);
    return check_expr(env, *stage.repeat->list);
  }
  if (place.previous == nullptr) {
    ctx.diagnostics.report(diag::each_items, stage.each->item.span, "`each`", "nothing")
        .label("nothing is piped to it")
        .help("pipe the items: `items >> each item { … }`");
    return ctx.types.error;
  }
  ctx.check_stage(*place.scope, *place.previous);
  const StageInfo& left = ctx.program.stage(place.previous->id);
  bool known = ctx.stage_places[place.previous->id.index].progress == Progress::Known;
  return known && left.value.valid() ? left.value : ctx.types.error;
}

void set_item(Context& ctx, const ast::Stage& stage) {
  const StagePlace place = ctx.stage_places[stage.id.index];
  TypeId type = items_type(ctx, stage, place);
  StageInfo& info = ctx.program.stages[stage.id.index];
  TypeKind kind = ctx.types.kind(type);
  TypeId item = ctx.types.error;
  if (kind == TypeKind::List || kind == TypeKind::Stream) {
    item = ctx.types.get(type).element;
    info.over_stream = kind == TypeKind::Stream;
  } else if (kind != TypeKind::Error) {
    bool each = stage.each != nullptr;
    Span span = each ? place.previous->span : stage.repeat->list->span;
    std::string found =
        kind == TypeKind::Void ? "no value" : fmt::format("`{}`", ctx.type_text(type));
    auto report =
        ctx.diagnostics.report(diag::each_items, span, each ? "`each`" : "`repeat`", found);
    report.label(fmt::format("gives {}", found));
    if (each) report.secondary(stage.each->item.span, "one of its items");
    if (kind == TypeKind::Map) report.help("run over its entries: `.entries()`");
  }
  if (info.item.valid()) ctx.program.keys[info.item.index].type = item;
}

/// The facts of each arm: its condition holds, and none of those before it.
void set_if_facts(Context& ctx, RegionFacts* const* facts, const ast::Stage& stage) {
  const StagePlace place = ctx.stage_places[stage.id.index];
  const FlowGraph& graph = *place.scope->graph;
  Env env = env_at(ctx, *place.scope, graph.node_of(stage), place.error_key);
  auto base = static_cast<ptrdiff_t>(env.narrowed.size());
  std::span<const RegionId> regions = graph.regions_of(stage);
  size_t count = stage.if_->arms.size();
  for (size_t i = 0; i < count; ++i) {
    const ast::Expr& condition = *stage.if_->arms[i].condition;
    env.at = graph.region(regions[i]).test;
    check_as(env, condition, ctx.types.bool_, {{}, "a condition"});
    auto outer = static_cast<ptrdiff_t>(env.narrowed.size());
    narrow(env, condition, true);
    facts[i]->narrowed.assign(env.narrowed.begin() + base, env.narrowed.end());
    env.narrowed.erase(env.narrowed.begin() + outer, env.narrowed.end());
    narrow(env, condition, false);
  }
  if (stage.if_->otherwise != nullptr)
    facts[count]->narrowed.assign(env.narrowed.begin() + base, env.narrowed.end());
}

void set_match_facts(Context& ctx, RegionFacts* const* facts, const ast::Stage& stage) {
  const StagePlace place = ctx.stage_places[stage.id.index];
  const FlowGraph& graph = *place.scope->graph;
  Env env = env_at(ctx, *place.scope, graph.node_of(stage), place.error_key);
  check_subject(env, *stage.match->subject);
  std::vector<std::span<const ast::Pattern>> patterns;
  for (const ast::MatchForm::Arm& arm : stage.match->arms) patterns.push_back(arm.patterns);
  std::vector<ArmFacts> arms = check_patterns(env, *stage.match->subject, patterns);
  for (size_t i = 0; i < arms.size(); ++i) {
    facts[i]->locals = std::move(arms[i].locals);
    facts[i]->narrowed = std::move(arms[i].narrowed);
  }
}

/// The regions of the stage that hold facts, begun; empty when they are known already.
std::vector<RegionFacts*> begin_facts(Scope& root, const ast::Stage& stage) {
  std::vector<RegionFacts*> facts;
  for (RegionId id : root.graph->regions_of(stage)) {
    if (!may_have_facts(root.graph->region(id).kind)) continue;
    RegionFacts& entry = root.facts[id.index];
    if (entry.progress != Progress::Unknown) return {};
    entry.progress = Progress::Running;
    facts.push_back(&entry);
  }
  return facts;
}

void add_region(Env& env, RegionId id) {
  if (!id.valid()) return;
  const FlowGraph& graph = *env.scope->graph;
  const Region& region = graph.region(id);
  add_region(env, region.parent);
  if (!may_have_facts(region.kind)) return;
  check_form(env.ctx, *region.stage);
  const RegionFacts& facts = root_scope(*env.scope).facts[id.index];
  env.locals.insert(env.locals.end(), facts.locals.begin(), facts.locals.end());
  for (const Narrowed& known : facts.narrowed)
    if (still_holds(graph, env.ctx.program.key(known.key).name, id, env.at))
      env.narrowed.push_back(known);
}

}  // namespace

Env env_at(Context& ctx, Scope& scope, FlowNodeId at, KeyId error_key) {
  return env_in(ctx, scope, scope.graph->region_of(at), at, error_key);
}

Env env_in(Context& ctx, Scope& scope, RegionId region, FlowNodeId at, KeyId error_key) {
  Env env{ctx, &scope, at, error_key};
  add_region(env, region);
  return env;
}

void check_form(Context& ctx, const ast::Stage& stage) {
  Scope& root = root_scope(*ctx.stage_places[stage.id.index].scope);
  std::vector<RegionFacts*> facts = begin_facts(root, stage);
  if (facts.empty()) return;
  if (stage.if_ != nullptr) set_if_facts(ctx, facts.data(), stage);
  if (stage.match != nullptr) set_match_facts(ctx, facts.data(), stage);
  KeyId item = ctx.program.stage(stage.id).item;
  if (item.valid()) {
    facts[0]->locals = {item};
    ctx.program.keys[item.index].type = ctx.types.error;  // while it depends on itself
    set_item(ctx, stage);
  }
  for (RegionFacts* entry : facts) entry->progress = Progress::Known;
}

}  // namespace pflow::sema
