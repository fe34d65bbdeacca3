#include "frontend/lower/module_lowering.h"

#include <fmt/format.h>

#include <algorithm>

#include "frontend/lower/expr/expr_lowering.h"
#include "frontend/lower/flow/flow_lowering.h"
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
  const FlowPart part = FlowPart::of(module, body);
  ir::Builder builder(module.types(), ir::FunctionKind::Pure, module.fresh_name(part.name),
                      callable.decl->span);
  ExprLowering expressions(module, builder, part.flow);
  expressions.add_params(part);
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
      callees_(checked.program.callables.size()),
      uses_(checked.program) {}

ir::Module ModuleLowering::run() {
  find_uses();
  declare_bodies();
  for (const sema::Body& body : program_.bodies) {
    const ir::FunctionId id = callees_[body.callable.index].function;
    if (!id.valid()) continue;
    const bool flow = program_.callable(body.callable).kind == CallableKind::Flow;
    ir::Function made = flow ? lower_flow(*this, body) : lower_function(*this, body);
    for (const sema::PortInfo& output : program_.callable(body.callable).outputs)
      made.result_names.emplace_back(output.name.valid() ? text(output.name) : "");
    module_.functions[id.index] = std::move(made);
  }
  lower_entry();
  lower_tests();
  lower_field_defaults();
  return std::move(module_);
}

/// A program with an entry leaves its tests out.
void ModuleLowering::declare_bodies() {
  for (const sema::Body& body : program_.bodies) {
    const bool test = program_.callable(body.callable).decl->kind == ast::DeclKind::Test;
    if (test && program_.entry.valid()) continue;
    callees_[body.callable.index].function = add({});
  }
}

void ModuleLowering::find_uses() {
  for (const sema::Body& body : program_.bodies) {
    const ast::Decl& decl = *program_.callable(body.callable).decl;
    if (program_.callable(body.callable).kind != CallableKind::Flow) continue;
    uses_.add(*ast::as<ast::FlowDecl>(decl).body);
    for (sema::KeyId key : body.result_keys) uses_.read(key);
  }
}

ir::FunctionId ModuleLowering::add(ir::Function function) {
  module_.functions.push_back(std::move(function));
  return ir::FunctionId(module_.functions.size() - 1);
}

std::string ModuleLowering::fresh_name(const std::string& name) {
  const int n = ++function_names_[name];
  return n == 1 ? name : fmt::format("{}.{}", name, n);
}

const ast::SchemaDecl* ModuleLowering::schema(ir::TypeId record) const {
  auto found = program_.schemas.find(record);
  return found == program_.schemas.end() ? nullptr : found->second;
}

bool ModuleLowering::by_address(ir::TypeId declared) const {
  const ir::Type& type = types_.get(declared);
  if (type.kind == ir::TypeKind::Param) return true;
  if (type.kind == ir::TypeKind::Opt) return by_address(type.element);
  return type.kind == ir::TypeKind::Record &&
         std::ranges::any_of(type.fields, [&](const ir::Field& field) {
           return field.type != declared && by_address(field.type);
         });
}

ir::NodeId ModuleLowering::add_node(const sema::CallInfo& call) {
  const sema::Callable& callable = program_.callable(call.callee);
  ir::Node node;
  node.name = text(callable.name);
  node.module = callable.module;
  auto add = [&](std::vector<ir::NodePort>& to, const sema::PortInfo& port, ir::TypeId type) {
    if (!port.is_type) to.push_back({std::string(text(port.name)), type, by_address(port.type)});
  };
  for (size_t i = 0; i < callable.ports.size(); ++i)
    add(node.ports, callable.ports[i], port_type(call, i));
  for (size_t i = 0; i < callable.outputs.size(); ++i)
    add(node.outputs, callable.outputs[i], output_type(call, i));
  for (size_t i = 0; i < callable.type_params.size() && i < call.type_arguments.size(); ++i)
    node.type_arguments.emplace_back(types_.get(callable.type_params[i]).name,
                                     call.type_arguments[i]);
  for (std::string_view action : callable.attributes.actions) node.actions.emplace_back(action);
  node.pure = callable.attributes.pure;
  node.async = callable.attributes.async;
  node.preflight = callable.attributes.preflight;
  node.settings = callable.attributes.settings;
  node.version = callable.attributes.version;
  constexpr auto kInFolder = static_cast<uint16_t>(ast::Effect::FsRead) |
                             static_cast<uint16_t>(ast::Effect::FsWrite) |
                             static_cast<uint16_t>(ast::Effect::Process);
  node.in_folder = (callable.attributes.effects & kInFolder) != 0;
  module_.nodes.push_back(std::move(node));
  return ir::NodeId(module_.nodes.size() - 1);
}

ir::Callee ModuleLowering::callee(const sema::CallInfo& call) {
  const ir::Callee& known = callees_[call.callee.index];
  if (known.function.valid()) return known;
  auto [at, fresh] = instances_.try_emplace({call.callee.index, call.type_arguments});
  if (fresh) at->second = add_node(call);
  return {{}, at->second};
}

ir::TypeId ModuleLowering::port_type(const sema::CallInfo& call, size_t port) const {
  return port < call.ports.size() ? call.ports[port]
                                  : program_.callable(call.callee).ports[port].type;
}

ir::TypeId ModuleLowering::output_type(const sema::CallInfo& call, size_t output) const {
  return output < call.outputs.size() ? call.outputs[output]
                                      : program_.callable(call.callee).outputs[output].type;
}

ir::SiteId ModuleLowering::add_site(ir::Site site) {
  if (int n = ++site_ids_[site.id]; n > 1) site.id += fmt::format(".{}", n);
  module_.sites.push_back(std::move(site));
  return ir::SiteId(module_.sites.size() - 1);
}

ir::SiteId ModuleLowering::site(std::string_view flow, std::string_view label,
                                std::string_view what, Span span) {
  ir::Site site;
  site.span = span;
  site.id = fmt::format("{}/{}", flow, label.empty() ? what : label);
  return add_site(std::move(site));
}

ir::SiteId ModuleLowering::site(std::string_view flow, std::string_view label,
                                const sema::CallInfo& info, Span span) {
  const sema::Callable& callable = program_.callable(info.callee);
  ir::Site site;
  site.node = text(callable.name);
  site.span = span;
  uint64_t arguments = 0xcbf29ce484222325U;
  for (size_t i = 0; i < info.arguments.size() && i < callable.ports.size(); ++i) {
    const sema::BoundArgument& bound = info.arguments[i];
    const std::string port(text(callable.ports[i].name));
    if (bound.source == sema::ArgumentSource::Default) continue;
    if (callable.ports[i].is_type) continue;
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
  return add_site(std::move(site));
}

ir::FunctionId ModuleLowering::lower_default(const std::string& name, const ast::Expr& value,
                                             ir::TypeId type) {
  ir::Builder builder(types_, ir::FunctionKind::Pure, name, value.span);
  ExprLowering expressions(*this, builder, name);
  builder.enter(builder.block("entry"));
  builder.function().results = {type};
  ir::ValueId result = expressions.lower_as(value, type);
  builder.add(ir::Opcode::Return, {result});
  return add(builder.take());
}

void ModuleLowering::lower_field_defaults() {
  std::map<ir::TypeId, const ast::SchemaDecl*> in_order(program_.schemas.begin(),
                                                        program_.schemas.end());
  for (const auto& [record, schema] : in_order) {
    const std::vector<ir::Field> fields = types_.get(record).fields;
    for (size_t i = 0; i < schema->fields.size() && i < fields.size(); ++i) {
      const ast::Expr* value = schema->fields[i].default_value;
      if (value == nullptr) continue;
      const std::string name =
          fresh_name(fmt::format("{}.{}.default", types_.get(record).name, fields[i].name));
      module_.field_defaults.push_back(
          {record, static_cast<uint32_t>(i), lower_default(name, *value, fields[i].type)});
    }
  }
}

void ModuleLowering::lower_tests() {
  if (program_.entry.valid()) return;
  for (sema::CallableId id : program_.tests) {
    const auto& test = static_cast<const ast::TestDecl&>(*program_.callable(id).decl);
    module_.tests.push_back({std::string(test.title), callees_[id.index].function, test.span});
  }
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
          lower_default(fmt::format("{}.{}.default", text(entry.name), param.name),
                        *port.default_value, port.type);
    }
    module_.entry_params.push_back(std::move(param));
  }
}

ir::Module lower(const sema::Checked& checked, const SourceMap& sources, const Interner& names,
                 ir::TypeTable& types) {
  return ModuleLowering(checked, sources, names, types).run();
}

}  // namespace pflow
