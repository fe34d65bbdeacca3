#include "frontend/sema/stages/flow_results.h"

#include "frontend/sema/calls/callee.h"
#include "frontend/sema/calls/results.h"
#include "frontend/sema/stages/keys.h"
#include "frontend/sema/types/type_exprs.h"

namespace pflow::sema {

using ir::TypeId;

namespace {

/// Keys that the flow sets itself, of a type.
std::vector<Symbol> keys_of_type(Context& ctx, Scope& scope, TypeId type) {
  std::vector<Symbol> found;
  for (Symbol name : scope.store_order) {
    if (ctx.program.key(scope.store.at(name).id).kind == KeyKind::Param) continue;
    if (key_type(ctx, scope, name, scope.flow->name.span) == type) found.push_back(name);
  }
  return found;
}

/// An arrow that names a type, as that of a function node does.
void report_arrow_type(Context& ctx, Scope& scope, const ast::Port& result) {
  TypeId type = result.type != nullptr ? resolve_type(ctx, *result.type)
                                       : resolve_type_name(ctx, result.name);
  std::vector<Symbol> keys = keys_of_type(ctx, scope, type);
  auto report = ctx.diagnostics.report(diag::flow_arrow_type, result.span);
  report.label("a type");
  if (keys.size() == 1) {
    report.help("name the key", Edit{result.span, std::string(ctx.text(keys[0]))});
  } else if (keys.empty()) {
    std::string_view before = ctx.sources.text(result.span.file).substr(0, result.span.begin);
    auto end =
        static_cast<uint32_t>(before.find_last_not_of(" \t\r\n", before.rfind("->") - 1) + 1);
    report.help("leave it out: the flow gives the value of its last stage",
                Edit{{result.span.file, end, result.span.end}, ""});
  } else {
    report.help(fmt::format("name a key of that type, such as `{}`", ctx.text(keys[0])));
  }
}

}  // namespace

void set_results(Context& ctx, Scope& scope) {
  Body& body = ctx.program.bodies[scope.body];
  if (scope.flow->results.empty()) {
    infer_result(ctx, scope.callable, scope.flow->name.span);
    const Callable& callable = ctx.program.callable(scope.callable);
    if (callable.out_port >= 0) body.results = {callable.outputs[callable.out_port].type};
    return;
  }
  for (size_t i = 0; i < scope.flow->results.size(); ++i) {
    const ast::Port& result = scope.flow->results[i];
    auto found = scope.store.find(result.name.symbol);
    bool arrow = scope.flow->results_span == result.span;
    if (found == scope.store.end() && arrow &&
        (result.type != nullptr || is_builtin_type(ctx.text(result.name.symbol)))) {
      report_arrow_type(ctx, scope, result);
      continue;
    }
    if (found == scope.store.end()) {
      auto report = ctx.diagnostics.report(diag::unknown_name, result.name.span,
                                           ctx.text(result.name.symbol));
      report.label("nothing in the flow sets it");
      suggest_key(report, ctx, scope, result.name);
      continue;
    }
    ctx.program.bodies[scope.body].result_keys.push_back(found->second.id);
    TypeId type = output_type(ctx, scope.callable, static_cast<int>(i), result.span);
    ctx.program.bodies[scope.body].results.push_back(type);
  }
}

}  // namespace pflow::sema
