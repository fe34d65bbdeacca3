#include "frontend/sema/declare/declare.h"

#include <algorithm>

#include "frontend/ast/foreign_kinds.h"
#include "frontend/sema/calls/builtins.h"
#include "frontend/sema/declare/declare_types.h"
#include "frontend/sema/declare/foreign_owner.h"
#include "frontend/sema/declare/foreign_ports.h"
#include "frontend/sema/declare/node_aliases.h"
#include "frontend/sema/declare/types_of_one_name.h"
#include "frontend/sema/files/imported_names.h"
#include "frontend/sema/name_case.h"
#include "frontend/sema/types/call_types.h"
#include "frontend/sema/types/type_exprs.h"

namespace pflow::sema {

using ir::TypeId;

namespace {

std::string_view kind_text(ast::DeclKind kind) {
  return kind == ast::DeclKind::Flow ? "flow" : kind == ast::DeclKind::NodeAlias ? "alias" : "node";
}

PortInfo port_info(Context& ctx, const ast::Port& port) {
  PortInfo info;
  info.name = port.name.symbol;
  info.default_value = port.default_value;
  info.doc = port.doc;
  info.span = port.name.span.valid() ? port.name.span : port.span;
  if (port.type == nullptr) return info;
  info.takes_any = is_port_word(ctx, *port.type, "display");
  info.is_regex = is_port_word(ctx, *port.type, "regex");
  bool is_text = info.takes_any || info.is_regex;
  info.type = is_text ? ctx.types.str : resolve_type(ctx, *port.type);
  info.is_type = port.is_type;
  if (port.default_type != nullptr) info.default_type = resolve_type(ctx, *port.default_type);
  return info;
}

void check_port_names(Context& ctx, std::span<const ast::Port> ports, std::string_view what) {
  std::unordered_map<Symbol, Span> seen;
  for (const ast::Port& port : ports) {
    if (!port.name.symbol.valid()) continue;
    check_case(ctx, port.name, false, what);
    if (what == "parameter") check_not_import(ctx, port.name);
    auto [at, fresh] = seen.emplace(port.name.symbol, port.name.span);
    if (fresh) continue;
    ctx.diagnostics.report(diag::duplicate_declaration, port.name.span, ctx.text(port.name.symbol))
        .label("declared again")
        .secondary(at->second, "declared here first");
  }
}

/// The index of the port with the mark; a second one is reported.
int marked_port(Context& ctx, std::span<const ast::Port> ports, bool ast::Port::* mark,
                std::string_view word) {
  int found = -1;
  for (size_t i = 0; i < ports.size(); ++i) {
    if (!(ports[i].*mark)) continue;
    if (found >= 0) {
      ctx.diagnostics.report(diag::several_marked, ports[i].span, word)
          .label("marked too")
          .secondary(ports[found].span, "marked here first");
      continue;
    }
    found = static_cast<int>(i);
  }
  return found;
}

void add_ports(Context& ctx, Callable& callable, std::span<const ast::Port> params,
               std::span<const ast::Port> outputs) {
  check_port_names(ctx, params, callable.kind == CallableKind::Extern ? "port" : "parameter");
  check_port_names(ctx, outputs, "output");
  for (const ast::Port& port : params) callable.ports.push_back(port_info(ctx, port));
  for (const ast::Port& port : outputs) callable.outputs.push_back(port_info(ctx, port));
  callable.in_port = marked_port(ctx, params, &ast::Port::marked_in, "in");
  callable.out_port = marked_port(ctx, outputs, &ast::Port::marked_out, "out");
  if (callable.out_port < 0 && outputs.size() == 1) callable.out_port = 0;
}

/// Parameters are the first keys of a flow or function node.
void add_scope(Context& ctx, CallableId id, const ast::Decl& decl) {
  auto scope = std::make_unique<Scope>();
  scope->callable = id;
  scope->body = ctx.program.bodies.size();
  if (decl.kind == ast::DeclKind::Flow || decl.kind == ast::DeclKind::Test)
    scope->flow = &ast::as<ast::FlowDecl>(decl);
  if (decl.kind == ast::DeclKind::Node) scope->node = &ast::as<ast::NodeDecl>(decl);
  Body body;
  body.callable = id;
  Callable& callable = ctx.program.callables[id.index];
  for (const PortInfo& port : callable.ports) {
    KeyId key = ctx.add_key({KeyKind::Param, port.name, port.type, port.span});
    callable.params.push_back(key);
    body.keys.push_back(key);
    auto [at, fresh] = scope->store.try_emplace(port.name);
    if (!fresh) continue;
    at->second.id = key;
    at->second.progress = Progress::Known;
    scope->store_order.push_back(port.name);
  }
  ctx.program.bodies.push_back(std::move(body));
  ctx.scopes[id.index] = std::move(scope);
}

Callable make_callable(Context& ctx, const ast::Decl& decl, const std::string& module) {
  Callable callable;
  callable.name = decl.name.symbol;
  callable.decl = &decl;
  callable.module = module;
  if (decl.kind == ast::DeclKind::Extern) {
    const auto& node = ast::as<ast::ExternDecl>(decl);
    callable.kind = CallableKind::Extern;
    callable.attributes = node.attributes;
    if (auto owner = ctx.checked.package_of.find(decl.name.span.file);
        owner != ctx.checked.package_of.end())
      callable.module = owner->second->manifest.name;
    for (const ast::Name& name : node.type_params) {
      check_case(ctx, name, true, "type parameter");
      TypeId param = ctx.types.param(std::string(ctx.text(name.symbol)));
      ctx.type_params[name.symbol] = param;
      callable.type_params.push_back(param);
    }
    add_ports(ctx, callable, node.params, node.outputs);
    ctx.type_params.clear();
    if (node.foreign != nullptr) {
      callable.module = node.foreign->kind->word;
      callable.foreign.assign(node.foreign->words.begin(), node.foreign->words.end());
      check_foreign_ports(ctx, callable, *node.foreign->kind);
      if (!node.foreign->kind->owner.noun.empty()) add_owner(ctx, *node.foreign, callable);
    }
  } else if (decl.kind == ast::DeclKind::Node) {
    const auto& node = ast::as<ast::NodeDecl>(decl);
    callable.kind = CallableKind::Function;
    add_ports(ctx, callable, node.params, node.outputs);
  } else {
    const auto& flow = ast::as<ast::FlowDecl>(decl);
    callable.kind = CallableKind::Flow;
    add_ports(ctx, callable, flow.params, flow.results);
  }
  return callable;
}

/// A program's own name wins over a standard node's, never over one of the compiler.
bool declare_name(Context& ctx, const ast::Decl& decl) {
  std::string_view text = ctx.text(decl.name.symbol);
  if (find_builtin(text) != nullptr) {
    ctx.diagnostics.report(diag::builtin_name, decl.name.span, text).label("needs another name");
    return false;
  }
  const ast::Decl& earlier = *ctx.visible.named(decl.name.symbol, decl.name.span.file);
  if (&earlier == &decl || earlier.name.span.file != decl.name.span.file) return true;
  ctx.diagnostics.report(diag::duplicate_declaration, decl.name.span, text)
      .label("declared again")
      .secondary(earlier.name.span,
                 fmt::format("the {} is declared here first", kind_text(earlier.kind)));
  return false;
}

/// The tests of an imported file are not the program's.
void declare_callables(Context& ctx, const ast::File& file, const std::string& module) {
  for (const ast::Decl* decl : file.decls) {
    bool test = decl->kind == ast::DeclKind::Test;
    if (declares_type(*decl) || (test && &file != ctx.checked.files[0].get())) continue;
    if (!test) check_case(ctx, decl->name, false, kind_text(decl->kind));
    bool named = !test && declare_name(ctx, *decl);
    if (decl->kind == ast::DeclKind::NodeAlias) {
      check_node_alias(ctx, ast::as<ast::NodeAliasDecl>(*decl));
      continue;
    }
    CallableId id(ctx.program.callables.size());
    if (test) ctx.program.tests.push_back(id);
    ctx.program.callables.push_back(make_callable(ctx, *decl, module));
    ctx.scopes.push_back(nullptr);
    if (named) ctx.callables[decl] = id;
    if (decl->kind != ast::DeclKind::Extern) add_scope(ctx, id, *decl);
  }
}

}  // namespace

void declare_all(Context& ctx, const std::vector<std::string>& modules) {
  for (const auto& file : ctx.checked.files) declare_type_names(ctx, *file);
  tell_types_apart(ctx);
  for (const auto& file : ctx.checked.files) declare_types(ctx, *file);
  // Interfaces first, and the program's own file last: it uses the others.
  const auto programs = static_cast<size_t>(std::ranges::count(modules, ""));
  for (size_t i = programs; i < modules.size(); ++i)
    declare_callables(ctx, *ctx.checked.files[i], modules[i]);
  for (size_t i = programs; i > 0; --i) declare_callables(ctx, *ctx.checked.files[i - 1], "");
  complete_call_types(ctx);
}

}  // namespace pflow::sema
