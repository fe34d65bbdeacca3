#include "frontend/sema/declare/entry.h"

#include <algorithm>

#include "frontend/sema/nearest.h"
#include "frontend/sema/types/conversions.h"

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

namespace {

/// Behind it stand the options of every executable, whatever the parameters are called.
constexpr std::string_view kOwnPrefix = "pflow_";

std::vector<const ast::FlowDecl*> flows_of(const ast::File& file) {
  std::vector<const ast::FlowDecl*> flows;
  for (const ast::Decl* decl : file.decls)
    if (decl->kind == ast::DeclKind::Flow) flows.push_back(&ast::as<ast::FlowDecl>(*decl));
  return flows;
}

const ast::FlowDecl* find_flow(Context& ctx, const std::vector<const ast::FlowDecl*>& flows,
                               std::string_view name) {
  auto found = std::find_if(flows.begin(), flows.end(), [&](const ast::FlowDecl* flow) {
    return ctx.text(flow->name.symbol) == name;
  });
  return found == flows.end() ? nullptr : *found;
}

const ast::FlowDecl* pick(Context& ctx, const std::vector<const ast::FlowDecl*>& flows,
                          const std::string& wanted) {
  FileId file = ctx.checked.files[0]->file;
  Span start{file, 0, 0};
  if (!wanted.empty()) {
    if (const ast::FlowDecl* flow = find_flow(ctx, flows, wanted)) return flow;
    std::vector<std::string_view> names;
    for (const ast::FlowDecl* flow : flows) names.push_back(ctx.text(flow->name.symbol));
    auto report = ctx.diagnostics.report(diag::unknown_entry, start, wanted);
    report.label("no flow of this name");
    if (std::string_view nearest = nearest_name(wanted, names); !nearest.empty())
      report.help(fmt::format("a flow with a similar name exists: `{}`", nearest));
    return nullptr;
  }
  if (const ast::FlowDecl* main = find_flow(ctx, flows, "main")) return main;
  if (flows.size() == 1) return flows[0];
  if (flows.empty()) {
    // A file that did not parse may well have had one.
    if (!ctx.diagnostics.has_errors() && ctx.program.tests.empty())
      ctx.diagnostics.report(diag::no_entry, start)
          .label("nothing to run")
          .help("write a chain, or `flow main() { … }`");
    return nullptr;
  }
  // Flows of one name have been reported.
  bool one_name = std::all_of(flows.begin(), flows.end(), [&](const ast::FlowDecl* flow) {
    return flow->name.symbol == flows[0]->name.symbol;
  });
  if (one_name) return flows[0];
  auto report = ctx.diagnostics.report(diag::ambiguous_entry, flows[0]->name.span, flows.size());
  report.label("one of them").help("name the one to start `main`, or choose it with `--flow NAME`");
  return nullptr;
}

/// The part of the type that neither a command line can give nor a result print,
/// or none.
TypeId not_givable(const ir::TypeTable& types, TypeId type, std::vector<TypeId>& seen) {
  const ir::Type& info = types.get(type);
  if (is_template_type(types, type) || info.kind == TypeKind::Bytes ||
      info.kind == TypeKind::Stream || info.kind == TypeKind::Tool)
    return type;
  if (info.element.valid()) return not_givable(types, info.element, seen);
  if (std::find(seen.begin(), seen.end(), type) != seen.end()) return {};
  seen.push_back(type);
  for (TypeId variant : info.variants)
    if (TypeId found = not_givable(types, variant, seen); found.valid()) return found;
  for (const ir::Field& field : info.fields)
    if (TypeId found = not_givable(types, field.type, seen); found.valid()) return found;
  return {};
}

/// What is fed item by item: the element of a stream, else the type itself.
TypeId item_type(const ir::TypeTable& types, TypeId type) {
  return types.is(type, TypeKind::Stream) ? types.get(type).element : type;
}

void check_param(Context& ctx, const PortInfo& port, bool fed) {
  std::string_view name = ctx.text(port.name);
  if (name.starts_with(kOwnPrefix))
    ctx.diagnostics.report(diag::option_name, port.span, name)
        .label("needs another name")
        .note("behind `--pflow-` stand the options that every executable has");
  std::vector<TypeId> seen;
  bool lines = fed && ctx.types.is(port.type, TypeKind::Stream) &&
               ctx.types.is(ctx.types.get(port.type).element, TypeKind::Str);
  TypeId type = lines ? TypeId() : not_givable(ctx.types, port.type, seen);
  if (!type.valid()) return;
  auto report = ctx.diagnostics.report(diag::command_line_type, port.span, ctx.type_text(type));
  report.label("a parameter of the executable");
  if (ctx.types.is(type, TypeKind::Stream))
    report.note("standard input feeds a parameter `in name: stream<str>` line by line");
  if (is_template_type(ctx.types, type))
    report.help(fmt::format("take a `str`, and write `\"${{{}}}\"` where the `{}` is wanted", name,
                            ctx.type_text(type)));
}

void check_result(Context& ctx, const PortInfo& output) {
  std::vector<TypeId> seen;
  TypeId type = not_givable(ctx.types, item_type(ctx.types, output.type), seen);
  if (holds_secret(ctx.types, output.type)) type = output.type;
  if (!type.valid()) return;
  auto report = ctx.diagnostics.report(diag::printed_type, output.span, ctx.type_text(type));
  report.label("a result of the executable");
}

}  // namespace

void choose_entry(Context& ctx, const std::string& wanted) {
  std::vector<const ast::FlowDecl*> flows = flows_of(*ctx.checked.files[0]);
  const ast::FlowDecl* flow = pick(ctx, flows, wanted);
  if (flow == nullptr) return;
  for (size_t i = 0; i < ctx.program.callables.size(); ++i)
    if (ctx.program.callables[i].decl == flow) ctx.program.entry = CallableId(i);
  const Callable entry = ctx.program.callable(ctx.program.entry);
  for (size_t i = 0; i < entry.ports.size(); ++i)
    check_param(ctx, entry.ports[i], static_cast<int>(i) == entry.in_port);
  for (const PortInfo& output : entry.outputs)
    if (output.type.valid()) check_result(ctx, output);
}

}  // namespace pflow::sema
