#include "frontend/query/name_walk.h"

#include <fmt/format.h>

#include <algorithm>

#include "frontend/ast/walk.h"
#include "frontend/sema/types/type_exprs.h"

namespace pflow::query {

using ast::DeclKind;

NameWalk::NameWalk(const Snapshot& snapshot, std::vector<Occurrence>& out)
    : snapshot_(snapshot), program_(snapshot.program()), out_(out) {
  for (const sema::Callable& callable : program_.callables)
    callables_.emplace(callable.decl, &callable);
  for (const sema::Body& body : program_.bodies)
    bodies_.emplace(program_.callable(body.callable).decl, &body);
  find_key_entities();
}

/// A parameter is one thing inside and outside of its flow; so are a result and its key.
void NameWalk::find_key_entities() {
  for (const sema::Body& body : program_.bodies) {
    const sema::Callable& callable = program_.callable(body.callable);
    for (size_t i = 0; i < callable.params.size(); ++i)
      keys_.try_emplace(callable.params[i].index,
                        Entity{EntityKind::Port, callable.decl, static_cast<uint32_t>(i)});
    for (size_t i = 0; i < body.result_keys.size(); ++i)
      if (body.result_keys[i].valid())
        keys_.try_emplace(body.result_keys[i].index,
                          Entity{EntityKind::Output, callable.decl, static_cast<uint32_t>(i)});
  }
  for (const sema::StageInfo& stage : program_.stages)
    for (const sema::StageWrite& write : stage.writes) {
      const sema::Key& key = program_.key(write.key);
      if (key.kind != sema::KeyKind::Output) continue;
      auto port = static_cast<uint32_t>(write.port);
      const sema::CallInfo* info =
          stage.stage->expr == nullptr ? nullptr : call_info(*stage.stage->expr);
      const ast::Decl* callee = info == nullptr ? nullptr : decl_of(info->callee);
      if (callee != nullptr && port < outputs_of(*callee).size())
        keys_.try_emplace(write.key.index, Entity{EntityKind::Output, callee, port});
      else if (stage.stage->each != nullptr)
        keys_.try_emplace(write.key.index, Entity{EntityKind::EachPort, nullptr, port, key.span,
                                                  snapshot_.text(key.name)});
    }
}

const ast::Decl* NameWalk::decl_of(sema::CallableId id) const {
  return id.valid() ? program_.callable(id).decl : nullptr;
}

const sema::CallInfo* NameWalk::call_info(const ast::Expr& expr) const {
  auto found = program_.calls.find(expr.id);
  return found == program_.calls.end() ? nullptr : &found->second;
}

const ast::Decl* NameWalk::schema_of(ir::TypeId type) const {
  if (snapshot_.types.is(type, ir::TypeKind::Opt)) type = snapshot_.types.get(type).element;
  auto found = program_.schemas.find(type);
  return found == program_.schemas.end() ? nullptr : found->second;
}

sema::KeyId NameWalk::key_named(Symbol name) const {
  if (body_ != nullptr)
    for (sema::KeyId id : body_->keys)
      if (program_.key(id).name == name) return id;
  return {};
}

void NameWalk::add(Span span, Entity entity, Role role, ir::TypeId type) {
  if (span.valid() && span.begin < span.end) out_.push_back({span, entity, role, type});
}

void NameWalk::key(Span span, sema::KeyId id, Role role, ir::TypeId type) {
  if (!id.valid()) return;
  if (!type.valid()) type = program_.key(id).type;
  auto found = keys_.find(id.index);
  add(span, found == keys_.end() ? Entity{EntityKind::Key, nullptr, id.index} : found->second, role,
      type);
}

Span NameWalk::without_module(Span span) {
  std::string_view written = snapshot_.text(span);
  size_t dot = written.find('.');
  if (dot == std::string_view::npos) return span;
  std::string_view module = written.substr(0, written.find_first_of(". \t\r\n"));
  for (const ast::File* file : program_.files)
    for (const ast::Import& import : file->imports)
      if (import.span.file == span.file && import.alias.symbol.valid() &&
          snapshot_.text(import.alias.symbol) == module)
        add({span.file, span.begin, span.begin + static_cast<uint32_t>(module.size())},
            {EntityKind::Import, nullptr, 0, import.alias.span});
  size_t name = written.find_first_not_of(" \t\r\n", dot + 1);
  return {span.file, span.begin + static_cast<uint32_t>(std::min(name, written.size())), span.end};
}

void NameWalk::file(const ast::File& file) {
  for (const ast::Import& each : file.imports) import(each);
  for (const ast::Decl* each : file.decls) decl(*each);
}

void NameWalk::import(const ast::Import& import) {
  if (import.alias.symbol.valid() && import.alias.span != import.target)
    add(import.alias.span, {EntityKind::Import, nullptr, 0, import.alias.span}, Role::Declares);
  auto found = snapshot_.checked.imported.find(&import);
  if (found != snapshot_.checked.imported.end())
    add(import.target, {EntityKind::ImportedFile, nullptr, found->second.index});
}

void NameWalk::decl(const ast::Decl& decl) {
  auto body = bodies_.find(&decl);
  body_ = body == bodies_.end() ? nullptr : body->second;
  bool named = decl.kind != DeclKind::Test &&
               !(decl.kind == DeclKind::Flow && ast::as<ast::FlowDecl>(decl).bare);
  if (named) add(decl.name.span, {EntityKind::Decl, &decl}, Role::Declares);
  ports(decl, ports_of(decl), EntityKind::Port);
  ports(decl, outputs_of(decl), EntityKind::Output);
  switch (decl.kind) {
    case DeclKind::Flow:
    case DeclKind::Test: {
      const auto& flow = ast::as<ast::FlowDecl>(decl);
      if (flow.body != nullptr) scope(*flow.body);
      return;
    }
    case DeclKind::Node: return expr(ast::as<ast::NodeDecl>(decl).body);
    case DeclKind::Extern: return;
    case DeclKind::Schema: return schema(ast::as<ast::SchemaDecl>(decl));
    case DeclKind::Alias: return type(ast::as<ast::AliasDecl>(decl).type);
    case DeclKind::NodeAlias: return node_alias(ast::as<ast::NodeAliasDecl>(decl));
  }
}

void NameWalk::schema(const ast::SchemaDecl& schema) {
  for (size_t i = 0; i < schema.fields.size(); ++i) {
    const ast::SchemaField& field = schema.fields[i];
    add(field.name.span, {EntityKind::Field, &schema, static_cast<uint32_t>(i)}, Role::Declares);
    type(field.type);
    expr(field.default_value);
  }
}

void NameWalk::ports(const ast::Decl& decl, std::span<const ast::Port> ports, EntityKind kind) {
  auto callable = callables_.find(&decl);
  for (size_t i = 0; i < ports.size(); ++i) {
    ir::TypeId known;
    if (callable != callables_.end()) {
      const sema::Callable& of = *callable->second;
      const auto& infos = kind == EntityKind::Port ? of.ports : of.outputs;
      if (i < infos.size()) known = infos[i].type;
    }
    if (ports[i].name.symbol.valid())
      add(ports[i].name.span, {kind, &decl, static_cast<uint32_t>(i)}, Role::Declares, known);
    type(ports[i].type);
    type(ports[i].default_type);
    expr(ports[i].default_value);
  }
}

void NameWalk::callee_type(const ast::TypeExpr& type) {
  if (const ast::Decl* found = named(type.name, type.span.file))
    declaration(without_module(type.span), *found);
}

void NameWalk::node_alias(const ast::NodeAliasDecl& alias) {
  if (const ast::Decl* found = named(alias.target.symbol, alias.target.span.file))
    declaration(without_module(alias.target.span), *found);
}

const ast::Decl* NameWalk::named(Symbol name, FileId file) const {
  const sema::VisibleNames& visible = snapshot_.checked.visible;
  const ast::Decl* found = visible.named(name, file);
  return found != nullptr ? found : visible.callable(name, file);
}

void NameWalk::type(const ast::TypeExpr* type) {
  if (type == nullptr) return;
  bool calls = type->kind == ast::TypeExprKind::Calls;
  for (const ast::TypeExpr* part : type->parts) calls ? callee_type(*part) : this->type(part);
  if (type->kind != ast::TypeExprKind::Named || !type->name.valid()) return;
  std::string_view word = snapshot_.text(type->name);
  Span whole = type->span;
  if (!type->module.valid()) whole.end = whole.begin + static_cast<uint32_t>(word.size());
  Span span = type->module.valid() ? without_module(whole) : whole;
  span.end = std::min(span.end, span.begin + static_cast<uint32_t>(word.size()));
  plain_type(span, type->module, type->name);
}

void NameWalk::plain_type(Span span, Symbol module, Symbol name) {
  std::string_view word = snapshot_.text(name);
  if (module.valid())
    name = snapshot_.names.find(fmt::format("{}.{}", snapshot_.text(module), word));
  const ast::Decl* found = name.valid() ? snapshot_.checked.visible.type(name, span.file) : nullptr;
  if (found != nullptr)
    declaration(span, *found);
  else if (!module.valid() && sema::is_builtin_type(word))
    add(span, {EntityKind::Type, nullptr, 0, {}, word});
}

}  // namespace pflow::query
