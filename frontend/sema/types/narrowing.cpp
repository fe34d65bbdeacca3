#include "frontend/sema/types/narrowing.h"

#include <algorithm>

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

namespace {

/// `a.b.c` as the key behind `a` and the fields; the key is none for anything else.
struct Path {
  KeyId key;
  std::vector<Symbol> fields;
};

Path path_of(const Env& env, const ast::Expr& expr) {
  KeyId key = env.ctx.program.expr_keys[expr.id.index];
  if (key.valid()) return {key, {}};
  if (expr.kind != ast::ExprKind::Field) return {};
  const auto& field = ast::as<ast::FieldExpr>(expr);
  Path path = path_of(env, *field.base);
  if (path.key.valid()) path.fields.push_back(field.field.symbol);
  return path;
}

/// The other side of a test against `none`; null when it is no such test.
const ast::Expr* tested(const ast::BinaryExpr& test) {
  if (test.right->kind == ast::ExprKind::None) return test.left;
  return test.left->kind == ast::ExprKind::None ? test.right : nullptr;
}

/// The type of the field that the expression reads, without what `?.` adds.
TypeId field_type(const Env& env, const ast::FieldExpr& expr) {
  const Context& ctx = env.ctx;
  TypeId base = ctx.program.expr_types[expr.base->id.index];
  if (ctx.types.is(base, TypeKind::Opt)) base = ctx.types.get(base).element;
  for (const ir::Field& field : ctx.types.get(base).fields)
    if (field.name == ctx.text(expr.field.symbol)) return field.type;
  return {};
}

}  // namespace

void narrow_set(Env& env, const ast::Expr& subject) {
  const Context& ctx = env.ctx;
  bool through = subject.kind == ast::ExprKind::Field &&
                 !ctx.program.expr_keys[subject.id.index].valid() &&
                 ast::as<ast::FieldExpr>(subject).optional;
  if (through) narrow_set(env, *ast::as<ast::FieldExpr>(subject).base);
  Path path = path_of(env, subject);
  if (!path.key.valid()) return;
  TypeId type = through ? field_type(env, ast::as<ast::FieldExpr>(subject))
                        : ctx.program.expr_types[subject.id.index];
  if (type.valid() && ctx.types.is(type, TypeKind::Opt))
    env.narrowed.push_back({path.key, std::move(path.fields), ctx.types.get(type).element});
}

void narrow(Env& env, const ast::Expr& condition, bool holds) {
  if (condition.kind == ast::ExprKind::Unary) {
    const auto& unary = ast::as<ast::UnaryExpr>(condition);
    if (unary.op == ast::UnaryOp::Not) narrow(env, *unary.operand, !holds);
    return;
  }
  if (condition.kind != ast::ExprKind::Binary) return;
  const auto& test = ast::as<ast::BinaryExpr>(condition);
  if (test.op == (holds ? ast::BinaryOp::And : ast::BinaryOp::Or)) {
    narrow(env, *test.left, holds);
    narrow(env, *test.right, holds);
    return;
  }
  if (test.op != (holds ? ast::BinaryOp::Ne : ast::BinaryOp::Eq)) return;
  if (const ast::Expr* subject = tested(test)) narrow_set(env, *subject);
}

TypeId narrowed_type(const Env& env, KeyId key, std::span<const Symbol> path, TypeId declared) {
  for (auto known = env.narrowed.rbegin(); known != env.narrowed.rend(); ++known)
    if (known->key == key && std::ranges::equal(known->path, path)) return known->type;
  return declared;
}

TypeId narrowed_field(const Env& env, const ast::FieldExpr& expr, TypeId declared) {
  Path path = path_of(env, expr);
  return path.key.valid() ? narrowed_type(env, path.key, path.fields, declared) : declared;
}

}  // namespace pflow::sema
