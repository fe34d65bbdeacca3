#include "frontend/sema/sema.h"

#include "frontend/sema/calls/results.h"
#include "frontend/sema/calls/tools.h"
#include "frontend/sema/declare/declare.h"
#include "frontend/sema/declare/defaults.h"
#include "frontend/sema/declare/dependencies.h"
#include "frontend/sema/declare/entry.h"
#include "frontend/sema/declare/node_aliases.h"
#include "frontend/sema/declare/package_loaders.h"
#include "frontend/sema/declare/program_effects.h"
#include "frontend/sema/declare/served.h"
#include "frontend/sema/exprs/expr_forms.h"
#include "frontend/sema/files/imports.h"
#include "frontend/sema/files/interfaces.h"
#include "frontend/sema/flow/flow_checks.h"
#include "frontend/sema/stages/flow_results.h"
#include "frontend/sema/stages/keys.h"
#include "frontend/sema/stages/stages.h"
#include "frontend/sema/stages/statements.h"
#include "frontend/sema/stages/stub_reach.h"
#include "frontend/sema/stages/stubs.h"
#include "frontend/sema/stages/writes.h"

namespace pflow::sema {

namespace {

constexpr Rules kRules{check_expr_form, check_stage, setter_type};

void make_tables(Context& ctx, const ParseIds& ids) {
  ctx.program.expr_types.resize(ids.next_expr);
  ctx.program.expr_wanted.resize(ids.next_expr);
  ctx.program.expr_asked.resize(ids.next_expr);
  ctx.program.expr_keys.resize(ids.next_expr);
  ctx.program.stages.resize(ids.next_stage);
  ctx.stage_places.resize(ids.next_stage);
  for (ir::TypeId& type : ctx.program.expr_types) type = ctx.types.error;
  for (StageInfo& stage : ctx.program.stages) stage.value = stage.piped = ctx.types.void_;
}

void check_paths(Context& ctx, Scope& scope, const std::vector<uint16_t>& effects) {
  FlowContext flow{*scope.graph,    ctx.program, ctx.program.bodies[scope.body],
                   ctx.sources,     ctx.names,   ctx.types,
                   ctx.diagnostics, effects};
  expand_transitions(flow);
  check_flow(flow);
}

/// A stage with an error transition knows the `error` key of its chain.
void set_error_keys(Context& ctx) {
  for (size_t i = 0; i < ctx.program.stages.size(); ++i) {
    StageInfo& info = ctx.program.stages[i];
    const Scope* scope = ctx.stage_places[i].scope;
    for (const Transition& transition : info.transitions)
      if (transition.action == "error" && scope != nullptr)
        if (auto key = scope->error_keys.find(transition.statement); key != scope->error_keys.end())
          info.error_key = key->second;
  }
}

}  // namespace

Checked check(std::unique_ptr<ast::File> file, const Options& options, FileSystem& files,
              SourceMap& sources, Interner& names, ir::TypeTable& types, Diagnostics& diagnostics,
              ParseIds& ids) {
  Checked checked;
  checked.files.push_back(std::move(file));
  checked.program.files.push_back(checked.files[0].get());
  NodeRegistry registry(files, options.nodes.standard);
  Context ctx{files,       sources,
              names,       types,
              diagnostics, checked,
              registry,    options.nodes.places,
              kRules,      options.nodes.aliases.problem};
  for (const auto& [name, target] : options.nodes.aliases.names)
    ctx.visible.add_own_alias(names.intern(name), names.intern(target));
  if (!load_imports(ctx, ids)) {
    if (!options.despite_errors) return checked;
    diagnostics.stop_keeping();
  }
  std::vector<std::string> modules = load_interfaces(ctx, ids);
  for (size_t i = 1; i < checked.files.size(); ++i)
    checked.program.files.push_back(checked.files[i].get());
  make_tables(ctx, ids);
  declare_all(ctx, modules);
  check_defaults(ctx);

  std::vector<Scope*> scopes = scopes_in_order(ctx);
  for (Scope* scope : scopes)
    if (scope->flow != nullptr) collect_keys(ctx, *scope);
  for (Scope* scope : scopes) {
    if (scope->flow == nullptr) {
      check_function_node(ctx, *scope);
      continue;
    }
    check_flow_body(ctx, *scope);
    check_stubs(ctx, *scope);
    set_results(ctx, *scope);
    add_output_writes(ctx, *scope);
  }
  check_tool_results(ctx);
  check_stub_calls(ctx);
  std::vector<uint16_t> effects = program_effects(ctx.program);
  for (Scope* scope : scopes)
    if (scope->flow != nullptr) check_paths(ctx, *scope, effects);
  set_error_keys(ctx);
  warn_of_aliases(ctx);
  if (!options.tests) choose_entry(ctx, options.entry);
  if (options.serves) choose_served(ctx);
  choose_loaders(ctx);
  return checked;
}

}  // namespace pflow::sema
