#include "frontend/sema/types/call_types.h"

#include <algorithm>

#include "frontend/sema/files/imported_names.h"
#include "frontend/sema/nearest.h"
#include "frontend/sema/types/conversions.h"
#include "frontend/sema/wording.h"

namespace pflow::sema {

using ir::TypeId;

namespace {

void fill_record(Context& ctx, TypeId record, CallableId id) {
  const Callable& callable = ctx.program.callable(id);
  ctx.program.call_records[record] = id;
  std::vector<ir::Field> fields;
  for (const PortInfo& port : callable.ports) {
    std::string name(ctx.text(port.name));
    fields.push_back({name, name, port.type, std::string(port.doc)});
  }
  ctx.types.set_fields(record, std::move(fields));
}

const ast::Decl* named_callable(Context& ctx, const ast::TypeExpr& part) {
  const ast::Name name = imported_name(ctx, part.module, {part.name, part.span});
  const ast::Decl* decl = ctx.visible.callable(name.symbol, name.span.file);
  if (decl != nullptr) return decl;
  auto report = ctx.diagnostics.report(diag::unknown_node, part.span, ctx.text(part.name));
  report.label("no node or flow of this name");
  std::vector<std::string_view> candidates;
  for (Symbol seen : ctx.visible.callables_in(part.span.file)) candidates.push_back(ctx.text(seen));
  suggest_nearest(report, ctx.text(part.name), part.span, std::move(candidates), "node");
  return nullptr;
}

/// Whether the calls of `part` can be a variant of the type; else it is reported.
bool check_variant(Context& ctx, const CallType& type, const ast::TypeExpr& part) {
  const CallableId id = ctx.callable(imported_name(ctx, part.module, {part.name, part.span}));
  if (!id.valid()) return false;
  const Callable& callable = ctx.program.callable(id);
  std::string takes;
  if (const PortInfo* port = port_without_data(ctx, callable, takes)) {
    report_no_tool(ctx, {part.name, part.span}, *port, takes);
    return false;
  }
  const std::string& tag = ctx.types.get(type.type).tag;
  const std::string key = tag.empty() ? "type" : tag;
  for (const PortInfo& port : callable.ports) {
    if (ctx.text(port.name) != key) continue;
    ctx.diagnostics
        .report(diag::variant_type_field, part.span,
                fmt::format("call {}", ctx.text(callable.name)), key)
        .label("cannot be told apart")
        .secondary(port.span, "the port")
        .note(fmt::format("in JSON the calls are told apart by a member `{}`", key))
        .help("let another member tell them apart: `type Step = call(…) by \"call\"`");
    return false;
  }
  return true;
}

/// The flow `run` for the values of the type.
void add_runner(Context& ctx, const CallType& type) {
  auto* decl = ctx.checked.files[0]->arena.make<ast::FlowDecl>();
  decl->kind = ast::DeclKind::Flow;
  decl->span = type.written->span;
  decl->name = {ctx.names.intern("run"), type.written->span};
  Callable runner;
  runner.kind = CallableKind::Flow;
  runner.name = decl->name.symbol;
  runner.decl = decl;
  runner.in_port = 0;
  PortInfo step;
  step.name = ctx.names.intern("step");
  step.type = type.type;
  step.span = type.written->span;
  runner.ports.push_back(step);
  for (TypeId variant : ctx.types.get(type.type).variants)
    for (const auto& [callee, record] : ctx.call_records)
      if (record == variant) runner.runs.push_back(ctx.callables.at(callee));
  ctx.runners[type.type] = CallableId(ctx.program.callables.size());
  ctx.program.callables.push_back(std::move(runner));
  ctx.scopes.push_back(nullptr);
}

}  // namespace

TypeId call_record(Context& ctx, const ast::Decl& decl) {
  auto [at, fresh] = ctx.call_records.try_emplace(&decl);
  if (!fresh) return at->second;
  const std::string name(ctx.text(decl.name.symbol));
  at->second = ctx.types.record("call " + name, name, std::string(decl.doc));
  const TypeId record = at->second;
  if (auto known = ctx.callables.find(&decl); known != ctx.callables.end())
    fill_record(ctx, record, known->second);
  return record;
}

TypeId resolve_calls(Context& ctx, const ast::TypeExpr& expr) {
  auto known = std::ranges::find(ctx.call_types, &expr, &CallType::written);
  if (known != ctx.call_types.end()) return known->type;
  if (!ctx.callables.empty()) {
    ctx.diagnostics.report(diag::unnamed_calls, expr.span)
        .label("has no name")
        .help("declare it: `type Step = call(…)`, and write its name here");
    return ctx.types.error;
  }
  std::vector<TypeId> records;
  for (const ast::TypeExpr* part : expr.parts)
    if (const ast::Decl* decl = named_callable(ctx, *part))
      records.push_back(call_record(ctx, *decl));
  if (records.size() < expr.parts.size()) return ctx.types.error;
  const TypeId type = ctx.types.sum(std::move(records));
  if (!ctx.types.is(type, ir::TypeKind::Sum)) {
    ctx.diagnostics.report(diag::unnamed_calls, expr.span)
        .label("there is no choice")
        .help("name two nodes or flows, or more");
    return ctx.types.error;
  }
  ctx.call_types.push_back({&expr, type});
  return type;
}

void note_tagged_calls(Context& ctx, const ast::TypeExpr& calls, ir::TypeId tagged) {
  auto known = std::ranges::find(ctx.call_types, &calls, &CallType::written);
  if (known != ctx.call_types.end() && ctx.types.is(tagged, ir::TypeKind::Sum))
    known->type = tagged;
}

const PortInfo* port_without_data(const Context& ctx, const Callable& callable,
                                  std::string& takes) {
  for (const PortInfo& port : callable.ports) {
    const bool data =
        !port.is_type && is_jsonable(ctx.types, port.type) && !holds_secret(ctx.types, port.type);
    if (data) continue;
    takes = port.is_type ? "a type" : a_type(ctx, port.type);
    return &port;
  }
  return nullptr;
}

void report_no_tool(Context& ctx, const ast::Name& name, const PortInfo& port,
                    const std::string& takes) {
  ctx.diagnostics.report(diag::not_a_tool, name.span, ctx.text(name.symbol))
      .label(fmt::format("its port `{}` takes {}", ctx.text(port.name), takes))
      .secondary(port.span, "the port")
      .note("whoever calls a tool gives it JSON")
      .help("name a flow that takes data and calls it");
}

void complete_call_types(Context& ctx) {
  for (const auto& [decl, record] : ctx.call_records)
    if (auto known = ctx.callables.find(decl); known != ctx.callables.end())
      fill_record(ctx, record, known->second);
  for (const CallType& type : ctx.call_types) {
    bool fits = true;
    for (const ast::TypeExpr* part : type.written->parts)
      fits = check_variant(ctx, type, *part) && fits;
    if (fits && !ctx.runners.contains(type.type)) add_runner(ctx, type);
  }
}

}  // namespace pflow::sema
