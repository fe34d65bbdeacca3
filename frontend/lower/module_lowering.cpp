#include "frontend/lower/module_lowering.h"

#include <fmt/format.h>

#include "frontend/lower/expr_lowering.h"
#include "frontend/lower/flow_lowering.h"
#include "frontend/lower/lower.h"

namespace pflow {

using sema::CallableKind;

namespace {

/// FNV-1a: the same for the same text everywhere, which std::hash is not.
uint64_t hash(std::string_view text, uint64_t from) {
  for (char c : text) from = (from ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return from;
}

ir::Function lower_function(ModuleLowering& module, const sema::Body& body) {
  const sema::Callable& callable = module.program().callable(body.callable);
  ir::Builder builder(module.types(), ir::FunctionKind::Pure,
                      std::string(module.text(callable.name)), callable.decl->span);
  ExprLowering expressions(module, builder, builder.function().name);
  expressions.add_params(callable);
  const ast::Expr& value = *ast::as<ast::NodeDecl>(*callable.decl).body;
  builder.function().results = body.results;
  ir::ValueId result = expressions.lower_as(value, body.results.front());
  builder.set_span(value.span);
  builder.add(ir::Opcode::Return, {result});
  return builder.take();
}

}  // namespace

ModuleLowering::ModuleLowering(const sema::Checked& checked, const SourceMap& sources,
                               const Interner& names, ir::TypeTable& types)
    : program_(checked.program),
      sources_(sources),
      names_(names),
      types_(types),
      module_(types),
      callees_(checked.program.callables.size()) {}

ir::Module ModuleLowering::run() {
  for (const ast::File* file : program_.files)
    for (const ast::Decl* decl : file->decls)
      if (decl->kind == ast::DeclKind::Schema)
        schemas_.emplace(text(decl->name.symbol), &ast::as<ast::SchemaDecl>(*decl));
  find_assigned_keys();
  declare_bodies();
  for (size_t i = 0; i < program_.bodies.size(); ++i) {
    const sema::Body& body = program_.bodies[i];
    const bool flow = program_.callable(body.callable).kind == CallableKind::Flow;
    ir::Function made = flow ? lower_flow(*this, body) : lower_function(*this, body);
    for (const sema::PortInfo& output : program_.callable(body.callable).outputs)
      made.result_names.emplace_back(output.name.valid() ? text(output.name) : "");
    module_.functions[i] = std::move(made);
  }
  lower_entry();
  return std::move(module_);
}

void ModuleLowering::declare_bodies() {
  for (size_t i = 0; i < program_.bodies.size(); ++i) {
    module_.functions.emplace_back();
    callees_[program_.bodies[i].callable.index].function = ir::FunctionId(i);
  }
}

void ModuleLowering::find_assigned_keys() {
  assigned_.resize(program_.keys.size(), false);
  for (const auto& [statement, key] : program_.assigns) assigned_[key.index] = true;
  for (const sema::StageInfo& stage : program_.stages)
    for (const sema::StageWrite& write : stage.writes)
      if (write.key.valid()) assigned_[write.key.index] = true;
}

const ast::SchemaDecl* ModuleLowering::schema(std::string_view name) const {
  auto found = schemas_.find(name);
  return found == schemas_.end() ? nullptr : found->second;
}

ir::NodeId ModuleLowering::add_node(const sema::Callable& callable) {
  ir::Node node;
  node.name = text(callable.name);
  node.module = callable.module;
  for (const sema::PortInfo& port : callable.ports)
    node.ports.push_back({std::string(text(port.name)), port.type});
  for (const sema::PortInfo& port : callable.outputs)
    node.outputs.push_back({std::string(text(port.name)), port.type});
  for (std::string_view action : callable.attributes.actions) node.actions.emplace_back(action);
  node.pure = callable.attributes.pure;
  node.async = callable.attributes.async;
  node.preflight = callable.attributes.preflight;
  module_.nodes.push_back(std::move(node));
  return ir::NodeId(module_.nodes.size() - 1);
}

ir::Callee ModuleLowering::callee(sema::CallableId id) {
  ir::Callee& known = callees_[id.index];
  if (!known.function.valid() && !known.node.valid()) known.node = add_node(program_.callable(id));
  return known;
}

ir::SiteId ModuleLowering::site(std::string_view flow, std::string_view label,
                                sema::CallableId callee, const sema::CallInfo& info, Span span) {
  const sema::Callable& callable = program_.callable(callee);
  ir::Site site;
  site.node = text(callable.name);
  site.span = span;
  uint64_t arguments = 0xcbf29ce484222325U;
  for (size_t i = 0; i < info.arguments.size() && i < callable.ports.size(); ++i) {
    const sema::BoundArgument& bound = info.arguments[i];
    const std::string port(text(callable.ports[i].name));
    if (bound.source == sema::ArgumentSource::Default) continue;
    const ast::Expr* expr = bound.source == sema::ArgumentSource::Expr ? bound.expr : nullptr;
    if (expr != nullptr) arguments = hash(source(expr->span), hash(port, arguments));
    const bool text_literal = expr != nullptr && expr->kind == ast::ExprKind::Template &&
                              ast::as<ast::TemplateExpr>(*expr).is_literal();
    const bool literal =
        expr != nullptr &&
        (expr->kind == ast::ExprKind::Int || expr->kind == ast::ExprKind::Float ||
         expr->kind == ast::ExprKind::Bool || expr->kind == ast::ExprKind::Duration);
    if (text_literal)
      site.literals.emplace_back(port, ast::as<ast::TemplateExpr>(*expr).literal());
    else if (literal)
      site.literals.emplace_back(port, source(expr->span));
    else
      site.dynamic.push_back(port);
  }
  site.id = label.empty() ? fmt::format("{}/{}#{:08x}", flow, site.node,
                                        static_cast<uint32_t>(arguments ^ (arguments >> 32)))
                          : fmt::format("{}/{}", flow, label);
  if (int n = ++site_ids_[site.id]; n > 1) site.id += fmt::format(".{}", n);
  module_.sites.push_back(std::move(site));
  return ir::SiteId(module_.sites.size() - 1);
}

ir::FunctionId ModuleLowering::lower_default(const std::string& name, const sema::PortInfo& port) {
  ir::Builder builder(types_, ir::FunctionKind::Pure, name, port.default_value->span);
  ExprLowering expressions(*this, builder, name);
  builder.enter(builder.block("entry"));
  builder.function().results = {port.type};
  ir::ValueId value = expressions.lower_as(*port.default_value, port.type);
  builder.add(ir::Opcode::Return, {value});
  module_.functions.push_back(builder.take());
  return ir::FunctionId(module_.functions.size() - 1);
}

void ModuleLowering::lower_entry() {
  if (!program_.entry.valid()) return;
  const sema::Callable& entry = program_.callable(program_.entry);
  module_.entry = callees_[program_.entry.index].function;
  module_.doc = entry.decl->doc.empty() ? program_.files.front()->doc : entry.decl->doc;
  for (size_t i = 0; i < entry.ports.size(); ++i) {
    const sema::PortInfo& port = entry.ports[i];
    ir::EntryParam param;
    param.name = text(port.name);
    param.type = port.type;
    param.doc = port.doc;
    param.from_stdin = entry.in_port == static_cast<int>(i);
    if (port.default_value != nullptr) {
      param.default_text = source(port.default_value->span);
      param.default_function =
          lower_default(fmt::format("{}.{}.default", text(entry.name), param.name), port);
    }
    module_.entry_params.push_back(std::move(param));
  }
}

ir::Module lower(const sema::Checked& checked, const SourceMap& sources, const Interner& names,
                 ir::TypeTable& types) {
  return ModuleLowering(checked, sources, names, types).run();
}

}  // namespace pflow
