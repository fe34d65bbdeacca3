#include "frontend/sema/stages/writes.h"

#include "frontend/sema/calls/callee.h"
#include "frontend/sema/calls/results.h"
#include "frontend/sema/flow/flow_wording.h"
#include "frontend/sema/nearest.h"
#include "frontend/sema/stages/each_ports.h"
#include "frontend/sema/stages/keys.h"
#include "frontend/sema/stages/policy_rules.h"
#include "frontend/sema/stages/stage_values.h"
#include "frontend/sema/types/conversions.h"
#include "frontend/sema/wording.h"

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

namespace {

struct BoundOutput {
  int port = -1;  ///< -1: reported, or nothing to bind
  TypeId type;
};

BoundOutput unknown_output(Context& ctx, const ast::Stage& stage, const ast::Binding& binding,
                           const Callable* callable) {
  std::string_view port = ctx.text(binding.port.symbol);
  std::string node =
      callable != nullptr ? fmt::format("`{}`", ctx.text(callable->name)) : "the stage";
  auto report = ctx.diagnostics.report(diag::unknown_output, binding.port.span, node, port);
  report.label("no such output").secondary(stage.span, "the stage");
  std::vector<std::string_view> candidates;
  if (callable != nullptr)
    for (const PortInfo& output : callable->outputs)
      if (output.name.valid()) candidates.push_back(ctx.text(output.name));
  if (stage.kind == ast::StageKind::Each) candidates = each_port_names();
  note_outputs(report, candidates);
  suggest_nearest(report, port, binding.port.span, std::move(candidates), "output");
  return {};
}

void report_no_value(Context& ctx, const ast::Stage& stage, const ast::Binding& binding,
                     const Callable* callable) {
  auto report =
      callable != nullptr
          ? ctx.diagnostics.report(diag::no_value, binding.key.span, ctx.text(callable->name))
          : ctx.diagnostics.report(diag::nothing_to_bind, binding.key.span);
  report.label("gets no value");
  report.secondary(stage.expr != nullptr ? stage.expr->span : stage_head(stage), "gives no value");
  if (callable != nullptr && callable->outputs.size() > 1)
    report.help("say which output: `-> { port: key }`");
}

BoundOutput find_bound(Context& ctx, Scope& scope, const StageInfo& info,
                       const ast::Binding& binding) {
  const ast::Stage& stage = *info.stage;
  const Callable* callable = stage_callable(ctx, stage);
  if (stage.binds_ports && stage.kind == ast::StageKind::Each) {
    EachPort port = find_each_port(ctx, binding.port.symbol);
    if (port == EachPort::None) return unknown_output(ctx, stage, binding, callable);
    if (report_early_port(ctx, stage, port, binding.port.span)) return {};
    TypeId type = each_port_type(ctx, stage, port);
    if (!ctx.types.is(type, TypeKind::Void)) return {static_cast<int>(port), type};
    report_no_value(ctx, stage, binding, callable);
    return {};
  }
  if (stage.binds_ports) {
    int port = callable != nullptr ? find_output(*callable, binding.port.symbol) : -1;
    if (port < 0) return unknown_output(ctx, stage, binding, callable);
    check_fallback_sets(ctx, stage, port, binding.port.span);
    return {port, stage_output_type(ctx, scope, stage, port, stage.expr->span)};
  }
  if (ctx.types.is(info.value, TypeKind::Error)) return {};
  if (ctx.types.is(info.value, TypeKind::Void)) {
    report_no_value(ctx, stage, binding, callable);
    return {};
  }
  return {callable != nullptr ? callable->out_port : 0, info.value};
}

/// A key has one type: that of its first setter, which this stage may be.
void hold_to_key(Context& ctx, Scope& scope, const ast::Stage& stage, const ast::Binding& binding,
                 size_t index, StoreKey& entry, TypeId type) {
  bool defines = entry.stage == &stage && entry.binding == static_cast<int>(index) &&
                 entry.annotation == nullptr;
  if (defines) {
    if (entry.progress == Progress::Unknown) ctx.program.keys[entry.id.index].type = type;
    if (entry.progress == Progress::Unknown) entry.progress = Progress::Known;
    return;
  }
  TypeId wanted = key_type(ctx, scope, binding.key.symbol, binding.key.span);
  if (converts(ctx.types, type, wanted)) return;
  ctx.diagnostics
      .report(diag::type_mismatch, binding.key.span, ctx.type_text(wanted), ctx.type_text(type))
      .label(fmt::format("the stage gives `{}`", ctx.type_text(type)))
      .secondary(ctx.program.key(entry.id).span, fmt::format("the key is {}", a_type(ctx, wanted)));
}

}  // namespace

void add_writes(Context& ctx, Scope& scope, StageInfo& info) {
  const ast::Stage& stage = *info.stage;
  for (size_t i = 0; i < stage.bindings.size(); ++i) {
    const ast::Binding& binding = stage.bindings[i];
    BoundOutput bound = find_bound(ctx, scope, info, binding);
    if (bound.port < 0) continue;
    auto found = scope.store.find(binding.key.symbol);
    if (found == scope.store.end()) continue;
    hold_to_key(ctx, scope, stage, binding, i, found->second, bound.type);
    info.writes.push_back({bound.port, found->second.id});
    bool results = stage.kind == ast::StageKind::Each && bound.port == 0;
    if (!stage.binds_ports || results) use_value(ctx, stage);
  }
}

void add_output_writes(Context& ctx, Scope& scope) {
  for (const auto& [place, key] : scope.outputs) {
    ast::StageId stage(static_cast<size_t>(place >> 32));
    StageInfo& info = ctx.program.stages[stage.index];
    int port = static_cast<int>(place & UINT32_MAX);
    info.writes.push_back({port, key});
    const Callable* callable = stage_callable(ctx, *info.stage);
    bool value = callable != nullptr ? callable->out_port == port : port == 0;
    if (value) use_value(ctx, *info.stage);
  }
}

}  // namespace pflow::sema
