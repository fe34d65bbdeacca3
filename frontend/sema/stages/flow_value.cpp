#include "frontend/sema/stages/flow_value.h"

#include "frontend/sema/calls/callee.h"
#include "frontend/sema/calls/results.h"
#include "frontend/sema/exprs/expressions.h"
#include "frontend/sema/nearest.h"
#include "frontend/sema/stages/body_stages.h"
#include "frontend/sema/stages/keys.h"
#include "frontend/sema/types/conversions.h"
#include "frontend/sema/types/type_exprs.h"

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

namespace {

/// One way to end with what it gives.
struct EndValue {
  const FlowEnd* end;
  TypeId type;
};

EndValue end_value(Context& ctx, const FlowEnd& end, bool of_item) {
  if (end.returned != nullptr) {
    auto found = ctx.statement_types.find(end.returned);
    return {&end, found == ctx.statement_types.end() ? ctx.types.error : found->second};
  }
  if (end.stage == nullptr || end.kind == EndKind::End) return {&end, ctx.types.void_};
  if (!of_item && gives_echo(ctx, *end.stage)) return {&end, ctx.types.void_};
  return {&end, ctx.program.stage(end.stage->id).value};
}

std::vector<EndValue> end_values(Context& ctx, const Scope& scope) {
  const FlowGraph& graph = *scope.graph;
  bool of_item = scope.each != nullptr;
  std::vector<EndValue> values;
  for (const FlowEnd& end : of_item ? graph.item_ends(*scope.each) : graph.ends())
    if (end.kind != EndKind::Fail && graph.reachable(end.node))
      values.push_back(end_value(ctx, end, of_item));
  return values;
}

void report_differ(Context& ctx, const Scope& scope, const EndValue& first, const EndValue& other) {
  auto report =
      ctx.diagnostics.report(diag::ends_differ, other.end->span, scope.each ? "item" : "flow",
                             ctx.type_text(other.type), ctx.type_text(first.type));
  report
      .label(fmt::format("gives {}", ctx.types.is(other.type, TypeKind::Void)
                                         ? "no value"
                                         : fmt::format("`{}`", ctx.type_text(other.type))))
      .secondary(first.end->span, fmt::format("gives `{}`", ctx.type_text(first.type)));
  if (scope.each == nullptr)
    report.help("name the keys that the flow gives: `-> key` after the parameters");
}

void convert_end(Context& ctx, Scope& scope, const EndValue& value, TypeId type) {
  if (value.end->returned != nullptr && value.end->returned->value != nullptr) {
    Env env{ctx, &scope};
    coerce(env, *value.end->returned->value, type);
  }
  // Who takes the value of `each` takes those of its items.
  if (value.end->stage != nullptr && scope.each == nullptr) use_value(ctx, *value.end->stage);
}

TypeId value_of_ends(Context& ctx, Scope& scope) {
  std::vector<EndValue> values = end_values(ctx, scope);
  TypeId joined;
  const EndValue* first = nullptr;
  const EndValue* without = nullptr;
  for (const EndValue& value : values) {
    if (ctx.types.is(value.type, TypeKind::Void)) {
      without = &value;
      continue;
    }
    TypeId both = joined.valid() ? join_types(ctx.types, joined, value.type) : value.type;
    if (!both.valid()) {
      report_differ(ctx, scope, *first, value);
      return ctx.types.error;
    }
    joined = both;
    if (first == nullptr || value.end->returned != nullptr) first = &value;
  }
  if (first == nullptr) return ctx.types.void_;
  if (without == nullptr) {
    for (const EndValue& value : values) convert_end(ctx, scope, value, joined);
    return joined;
  }
  // Only `return` says that a value is meant: else a way without one gives none.
  if (first->end->returned == nullptr) return ctx.types.void_;
  report_differ(ctx, scope, *first, *without);
  return ctx.types.error;
}

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

TypeId flow_value(Context& ctx, Scope& scope) { return value_of_ends(ctx, scope); }

TypeId item_value(Context& ctx, Scope& scope) { return value_of_ends(ctx, scope); }

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
