#include "frontend/lower/module/module_context.h"

#include <fmt/format.h>

#include <algorithm>

#include "frontend/ast/effects.h"

namespace pflow::lowering {

using sema::CallableKind;

ModuleContext::ModuleContext(const sema::Checked& checked, const SourceMap& sources,
                             const Interner& names, ir::TypeTable& types)
    : program_(checked.program),
      sources_(sources),
      names_(names),
      types_(types),
      module_(types),
      callees_(checked.program.callables.size()),
      uses_(checked.program),
      watched_(checked.program, names, module_) {
  find_uses();
  declare_bodies();
}

/// A program with an entry leaves its tests out.
void ModuleContext::declare_bodies() {
  for (const sema::Body& body : program_.bodies) {
    const bool test = program_.callable(body.callable).decl->kind == ast::DeclKind::Test;
    if (test && program_.entry.valid()) continue;
    callees_[body.callable.index].function = add(ir::Function());
  }
  for (size_t i = 0; i < program_.callables.size(); ++i)
    if (!program_.callables[i].runs.empty()) callees_[i].function = add(ir::Function());
}

void ModuleContext::find_uses() {
  for (const sema::Body& body : program_.bodies) {
    const ast::Decl& decl = *program_.callable(body.callable).decl;
    if (program_.callable(body.callable).kind != CallableKind::Flow) continue;
    uses_.add(*ast::as<ast::FlowDecl>(decl).body);
    for (sema::KeyId key : body.result_keys) uses_.read(key);
  }
}

ir::FunctionId ModuleContext::add(ir::Function function) {
  module_.functions.push_back(std::move(function));
  return ir::FunctionId(module_.functions.size() - 1);
}

std::string ModuleContext::fresh_name(const std::string& name) {
  const int n = ++function_names_[name];
  return n == 1 ? name : fmt::format("{}.{}", name, n);
}

const ast::SchemaDecl* ModuleContext::schema(ir::TypeId record) const {
  auto found = program_.schemas.find(record);
  return found == program_.schemas.end() ? nullptr : found->second;
}

bool ModuleContext::by_address(ir::TypeId declared) const {
  const ir::Type& type = types_.get(declared);
  if (type.kind == ir::TypeKind::Param) return true;
  if (type.kind == ir::TypeKind::Opt) return by_address(type.element);
  return type.kind == ir::TypeKind::Record &&
         std::ranges::any_of(type.fields, [&](const ir::Field& field) {
           return field.type != declared && by_address(field.type);
         });
}

void ModuleContext::add_foreign(const sema::Callable& callable, ir::Node& node) {
  if (callable.kind != CallableKind::Extern) return;
  const ast::Foreign* by = ast::as<ast::ExternDecl>(*callable.decl).foreign;
  if (by == nullptr) return;
  node.foreign = {node.name, callable.foreign, {by->options.begin(), by->options.end()}, by->span};
  if (const int n = ++foreign_names_[node.name]; n > 1) node.name += fmt::format(".{}", n);
}

ir::NodeId ModuleContext::add_node(const sema::CallInfo& call) {
  const sema::Callable& callable = program_.callable(call.callee);
  ir::Node node;
  node.name = text(callable.name);
  node.module = callable.module;
  auto add = [&](std::vector<ir::NodePort>& to, const sema::PortInfo& port, ir::TypeId type) {
    const std::string name(port.name.valid() ? text(port.name) : std::string_view());
    if (!port.is_type) to.push_back({name, type, by_address(port.type)});
  };
  for (size_t i = 0; i < callable.ports.size(); ++i)
    add(node.ports, callable.ports[i], port_type(call, i));
  for (size_t i = 0; i < callable.outputs.size(); ++i)
    add(node.outputs, callable.outputs[i], output_type(call, i));
  for (size_t i = 0; i < callable.type_params.size() && i < call.type_arguments.size(); ++i)
    node.type_arguments.emplace_back(types_.get(callable.type_params[i]).name,
                                     call.type_arguments[i]);
  for (std::string_view action : callable.attributes.actions) node.actions.emplace_back(action);
  for (std::string_view effect : ast::names_of_effects(callable.attributes.effects)) {
    if (!node.effects.empty()) node.effects += ' ';
    node.effects += effect;
  }
  node.pure = callable.attributes.pure;
  node.async = callable.attributes.async;
  // What a test stubs is found missing when it is called.
  const Watch* watch = watched_.find(call.callee);
  const bool is_stubbed = watch != nullptr && !watch->stubs.empty();
  node.preflight = callable.attributes.preflight && !is_stubbed;
  if (!is_stubbed)
    node.keys.assign(callable.attributes.keys.begin(), callable.attributes.keys.end());
  node.settings = callable.attributes.settings;
  node.network = (callable.attributes.effects & static_cast<uint16_t>(ast::Effect::Net)) != 0;
  node.offline = callable.attributes.offline;
  node.repeatable = callable.attributes.repeatable;
  node.loaders = callable.attributes.loaders;
  node.version = callable.attributes.version;
  constexpr auto kInFolder = static_cast<uint16_t>(ast::Effect::FsRead) |
                             static_cast<uint16_t>(ast::Effect::FsWrite) |
                             static_cast<uint16_t>(ast::Effect::Process);
  node.in_folder = (callable.attributes.effects & kInFolder) != 0;
  add_foreign(callable, node);
  module_.nodes.push_back(std::move(node));
  return ir::NodeId(module_.nodes.size() - 1);
}

ir::Callee ModuleContext::callee(const sema::CallInfo& call) {
  const ir::Callee& known = callees_[call.callee.index];
  if (known.function.valid()) return known;
  auto [at, fresh] = instances_.try_emplace({call.callee.index, call.type_arguments});
  if (fresh) at->second = add_node(call);
  return {{}, at->second};
}

ir::FunctionId ModuleContext::stub_flow(const sema::CallInfo& call) {
  const std::pair key(call.callee.index, call.type_arguments);
  auto known = stub_flows_.find(key);
  if (known != stub_flows_.end()) return known->second;
  return stub_flows_[key] = stub_rule_(*this, call);
}

ir::NodeId ModuleContext::scripted(const sema::CallInfo& call) {
  auto [at, fresh] = scripted_.try_emplace({call.callee.index, call.type_arguments});
  if (!fresh) return at->second;
  at->second = add_node(call);
  ir::Node& node = module_.nodes[at->second.index];
  node.name += "_scripted";
  node.ports.push_back({"answer", types_.str, false});
  node.actions.clear();
  node.keys.clear();
  node.async = node.preflight = node.settings = node.network = node.offline = node.repeatable =
      node.loaders = false;
  return at->second;
}

ir::TypeId ModuleContext::port_type(const sema::CallInfo& call, size_t port) const {
  return port < call.ports.size() ? call.ports[port]
                                  : program_.callable(call.callee).ports[port].type;
}

ir::TypeId ModuleContext::output_type(const sema::CallInfo& call, size_t output) const {
  return output < call.outputs.size() ? call.outputs[output]
                                      : program_.callable(call.callee).outputs[output].type;
}

ir::SiteId ModuleContext::add(ir::Site site) {
  if (int n = ++site_ids_[site.id]; n > 1) site.id += fmt::format(".{}", n);
  module_.sites.push_back(std::move(site));
  return ir::SiteId(module_.sites.size() - 1);
}

}  // namespace pflow::lowering
