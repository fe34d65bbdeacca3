// Names in expressions.
#include "frontend/ast/walk.h"
#include "frontend/query/name_walk.h"
#include "frontend/sema/calls/builtins.h"

namespace pflow::query {

using ast::ExprKind;

void NameWalk::expr(const ast::Expr* expr) {
  if (expr == nullptr) return;
  switch (expr->kind) {
    case ExprKind::Name: return name(ast::as<ast::NameExpr>(*expr));
    case ExprKind::Field: return field(ast::as<ast::FieldExpr>(*expr));
    case ExprKind::Call: return call(ast::as<ast::CallExpr>(*expr));
    case ExprKind::Record: record(ast::as<ast::RecordExpr>(*expr)); break;
    case ExprKind::Lambda: lambda(ast::as<ast::LambdaExpr>(*expr)); break;
    case ExprKind::Match:
      for (const ast::MatchArm& arm : ast::as<ast::MatchExpr>(*expr).arms)
        for (const ast::Pattern& each : arm.patterns) pattern(each);
      break;
    case ExprKind::Block:
      for (const ast::LetBinding& let : ast::as<ast::BlockExpr>(*expr).lets) {
        auto found = program_.lets.find(&let);
        if (found != program_.lets.end()) key(let.name.span, found->second, Role::Declares);
        type(let.type);
      }
      break;
    case ExprKind::Error:
    case ExprKind::Int:
    case ExprKind::Float:
    case ExprKind::Bool:
    case ExprKind::None:
    case ExprKind::Duration:
    case ExprKind::Template:
    case ExprKind::Index:
    case ExprKind::Slice:
    case ExprKind::Unary:
    case ExprKind::Binary:
    case ExprKind::If:
    case ExprKind::Map:
    case ExprKind::List: break;
  }
  ast::for_each_child(*expr, [&](const ast::Expr& child) { this->expr(&child); });
}

bool NameWalk::callee(Span span, Symbol name, const sema::CallInfo* info) {
  const ast::Decl* found = named(name, span.file);
  const bool is_alias = found != nullptr && found->kind == ast::DeclKind::NodeAlias;
  // Of several nodes of one name the checks have chosen one.
  if (!is_alias && info != nullptr && decl_of(info->callee) != nullptr)
    found = decl_of(info->callee);
  if (found != nullptr) {
    declaration(span, *found);
    return true;
  }
  const sema::BuiltinInfo* builtin = sema::find_builtin(snapshot_.text(name));
  if (builtin != nullptr) add(span, {EntityKind::Builtin, nullptr, 0, {}, builtin->name});
  return builtin != nullptr;
}

/// A name that is no key: a stage that is jumped to, a node or flow as a value, a type.
void NameWalk::plain_name(Span span, Symbol name) {
  if (Span place = label_place(name); place.valid())
    return add(span, {EntityKind::Label, nullptr, 0, place});
  Span own = without_module(span);
  if (!callee(own, name, nullptr)) plain_type(own, {}, name);
}

void NameWalk::name(const ast::NameExpr& expr) {
  sema::KeyId read =
      expr.id.index < program_.expr_keys.size() ? program_.expr_keys[expr.id.index] : sema::KeyId();
  if (!read.valid()) return plain_name(expr.span, expr.name);
  key(expr.span, read, Role::Reads, snapshot_.type_of(expr));
}

void NameWalk::field(const ast::FieldExpr& expr) {
  sema::KeyId read =
      expr.id.index < program_.expr_keys.size() ? program_.expr_keys[expr.id.index] : sema::KeyId();
  if (read.valid()) {  // `label.port`
    this->expr(expr.base);
    return key(expr.field.span, read, Role::Reads, snapshot_.type_of(expr));
  }
  this->expr(expr.base);
  const ast::Decl* schema = schema_of(snapshot_.type_of(*expr.base));
  if (schema == nullptr) return;
  const auto& fields = ast::as<ast::SchemaDecl>(*schema).fields;
  for (size_t i = 0; i < fields.size(); ++i)
    if (fields[i].name.symbol == expr.field.symbol)
      add(expr.field.span, {EntityKind::Field, schema, static_cast<uint32_t>(i)}, Role::Reads,
          snapshot_.type_of(expr));
}

void NameWalk::call(const ast::CallExpr& expr) {
  const sema::CallInfo* info = call_info(expr);
  const ast::Decl* callee = info == nullptr ? nullptr : decl_of(info->callee);
  if (expr.callee->kind == ExprKind::Name) {
    const auto& name = ast::as<ast::NameExpr>(*expr.callee);
    this->callee(without_module(name.span), name.name, info);
    if (callee == nullptr) callee = snapshot_.checked.visible.callable(name.name, name.span.file);
  } else if (expr.callee->kind == ExprKind::Field) {
    const auto& method = ast::as<ast::FieldExpr>(*expr.callee);
    this->expr(method.base);
    this->callee(method.field.span, method.field.symbol, info);
    if (callee == nullptr)
      callee = snapshot_.checked.visible.callable(method.field.symbol, method.span.file);
  } else {
    this->expr(expr.callee);
  }
  arguments(expr, info, callee);
}

void NameWalk::arguments(const ast::CallExpr& expr, const sema::CallInfo* info,
                         const ast::Decl* callee) {
  for (const ast::Argument& argument : expr.arguments) {
    if (argument.name.valid() && callee != nullptr) {
      std::span<const ast::Port> ports = ports_of(*callee);
      for (size_t i = 0; i < ports.size(); ++i) {
        if (ports[i].name.symbol != argument.name) continue;
        bool typed = info != nullptr && i < info->arguments.size();
        add(argument.name_span, {EntityKind::Port, callee, static_cast<uint32_t>(i)}, Role::Writes,
            typed ? info->arguments[i].from : ir::TypeId());
      }
    }
    type(argument.type);
    this->expr(argument.value);
  }
}

void NameWalk::record(const ast::RecordExpr& expr) {
  if (expr.type.symbol.valid()) {
    if (expr.module.valid()) without_module({expr.span.file, expr.span.begin, expr.type.span.end});
    plain_type(expr.type.span, expr.module, expr.type.symbol);
  }
  const ast::Decl* schema = schema_of(snapshot_.type_of(expr));
  if (schema == nullptr) return;
  const auto& fields = ast::as<ast::SchemaDecl>(*schema).fields;
  for (const ast::FieldInit& init : expr.fields)
    for (size_t i = 0; i < fields.size(); ++i)
      if (fields[i].name.symbol == init.name.symbol)
        add(init.name.span, {EntityKind::Field, schema, static_cast<uint32_t>(i)}, Role::Writes);
}

void NameWalk::lambda(const ast::LambdaExpr& expr) {
  auto found = program_.functions.find(expr.id);
  if (found == program_.functions.end()) return;
  const std::vector<sema::KeyId>& params = found->second.params;
  for (size_t i = 0; i < expr.params.size() && i < params.size(); ++i)
    key(expr.params[i].span, params[i], Role::Declares);
}

}  // namespace pflow::query
