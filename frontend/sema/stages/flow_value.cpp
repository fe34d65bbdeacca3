#include "frontend/sema/stages/flow_value.h"

#include "frontend/sema/exprs/expressions.h"
#include "frontend/sema/stages/stage_values.h"
#include "frontend/sema/types/conversions.h"

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

}  // namespace

TypeId flow_value(Context& ctx, Scope& scope) { return value_of_ends(ctx, scope); }

TypeId item_value(Context& ctx, Scope& scope) { return value_of_ends(ctx, scope); }

}  // namespace pflow::sema
