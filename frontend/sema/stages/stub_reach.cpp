#include "frontend/sema/stages/stub_reach.h"

#include <algorithm>

#include "frontend/sema/calls/call_graph.h"
#include "frontend/sema/stages/stub_fit.h"
#include "frontend/sema/types/conversions.h"
#include "frontend/sema/wording.h"

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

namespace {

/// What the test may run: with the flows that stand for others.
std::vector<CallableId> runs_of(const Program& program, CallableId test) {
  std::vector<CallableId> runs{test};
  for (const Stub& stub : program.stubs)
    if (stub.test == test && stub.replacement.valid()) runs.push_back(stub.replacement);
  return runs;
}

/// Past this depth it would only fail: the flow that stands for a node runs that node.
bool runs_itself(Context& ctx, const Stub& stub) {
  if (!stub.replacement.valid() ||
      !reached_from(ctx.program, {stub.replacement})[stub.target.index])
    return false;
  const std::string_view name = ctx.text(stub.at->target.symbol);
  ctx.diagnostics.report(diag::stub_runs_itself, stub.at->value->span, name, name)
      .label("would stand for itself")
      .help("give what it needs as a value");
  return true;
}

/// The types that calls of the node ask for, each once.
std::vector<TypeId> asked_types(Context& ctx, const Stub& stub) {
  std::vector<TypeId> asked;
  const Callable& target = ctx.program.callable(stub.target);
  for (const auto& [id, call] : ctx.program.calls) {
    if (call.callee != stub.target || call.outputs.empty()) continue;
    const TypeId type = given_for(ctx.types, call.outputs[static_cast<size_t>(target.out_port)]);
    if (std::ranges::find(asked, type) == asked.end()) asked.push_back(type);
  }
  std::ranges::sort(asked);
  return asked;
}

/// Text and JSON may become anything; another value stands for calls that ask for it.
void check_asked(Context& ctx, const Stub& stub) {
  const Callable& target = ctx.program.callable(stub.target);
  const bool checked =
      !stub.replacement.valid() && target.out_port >= 0 &&
      is_chosen_by_calls(ctx.types, target.outputs[static_cast<size_t>(target.out_port)].type);
  if (!checked || ctx.types.is(stub.value, TypeKind::Never) ||
      converts(ctx.types, stub.value, ctx.types.str) || ctx.types.is(stub.value, TypeKind::Json))
    return;
  const std::vector<TypeId> asked = asked_types(ctx, stub);
  const bool fits = std::ranges::any_of(
      asked, [&](TypeId type) { return converts(ctx.types, stub.value, type); });
  if (fits || asked.empty()) return;
  std::vector<std::string> names;
  for (TypeId type : asked) names.push_back(fmt::format("`{}`", ctx.type_text(type)));
  const auto& lambda = ast::as<ast::LambdaExpr>(*stub.at->value);
  ctx.diagnostics.report(diag::stub_fit, lambda.body->span, ctx.text(stub.at->target.symbol))
      .label(fmt::format("gives {}", a_type(ctx, stub.value)))
      .secondary(stub.at->target.span, fmt::format("asked for {}", fmt::join(names, ", ")))
      .help("give a value of a type that is asked for, or the text that becomes one");
}

void check_reached(Context& ctx, const Stub& stub) {
  if (reached_from(ctx.program, runs_of(ctx.program, stub.test))[stub.target.index]) return;
  ctx.diagnostics.report(diag::unused_stub, stub.at->target.span, ctx.text(stub.at->target.symbol))
      .label("nothing here calls it");
}

}  // namespace

void check_stub_calls(Context& ctx) {
  std::ranges::sort(ctx.program.stubs, {}, [](const Stub& stub) {
    return std::pair(stub.at->span.file.index, stub.at->span.begin);
  });
  for (const Stub& stub : ctx.program.stubs) {
    if (runs_itself(ctx, stub)) continue;
    check_asked(ctx, stub);
    check_reached(ctx, stub);
  }
}

}  // namespace pflow::sema
