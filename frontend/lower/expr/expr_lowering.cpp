#include "frontend/lower/expr/expr_lowering.h"

#include "frontend/lower/expr/access.h"
#include "frontend/lower/expr/branches.h"
#include "frontend/lower/expr/calls.h"
#include "frontend/lower/expr/compound.h"
#include "frontend/lower/expr/match.h"
#include "frontend/lower/expr/maybe_unset.h"
#include "frontend/lower/expr/operators.h"
#include "frontend/lower/expr/sequences.h"
#include "frontend/lower/expr/templates.h"
#include "frontend/lower/expr/tools.h"
#include "support/check.h"

namespace pflow::lowering {

using ast::Expr;
using ast::ExprKind;
using ir::Opcode;
using ir::TypeId;
using ir::TypeKind;
using ir::ValueId;

namespace {

const Expr* first_operand(const ExprContext& c, const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::Binary: {
      const auto& binary = ast::as<ast::BinaryExpr>(expr);
      if (binary.op == ast::BinaryOp::Coalesce && maybe_unset_key(c, *binary.left).valid())
        return nullptr;
      return binary.left;
    }
    case ExprKind::Field:
      if (c.program.expr_keys[expr.id.index].valid()) return nullptr;
      return ast::as<ast::FieldExpr>(expr).base;
    case ExprKind::Index: return ast::as<ast::IndexExpr>(expr).base;
    case ExprKind::Slice: return ast::as<ast::SliceExpr>(expr).base;
    case ExprKind::Call: {
      if (is_sequence_call(c, expr)) return nullptr;
      const Expr& callee = *ast::as<ast::CallExpr>(expr).callee;
      return callee.kind == ExprKind::Field ? ast::as<ast::FieldExpr>(callee).base : nullptr;
    }
    case ExprKind::Error:
    case ExprKind::Int:
    case ExprKind::Float:
    case ExprKind::Bool:
    case ExprKind::None:
    case ExprKind::Duration:
    case ExprKind::Template:
    case ExprKind::Name:
    case ExprKind::Lambda:
    case ExprKind::Unary:
    case ExprKind::If:
    case ExprKind::Match:
    case ExprKind::Block:
    case ExprKind::Record:
    case ExprKind::Map:
    case ExprKind::List: return nullptr;
  }
}

ValueId finish(ExprContext& c, const Expr& expr, ValueId value) {
  const TypeId wanted = c.program.expr_wanted[expr.id.index];
  if (!wanted.valid() || c.is(wanted, TypeKind::Void)) return value;
  return c.convert(value, wanted);
}

ValueId lower_key(ExprContext& c, const Expr& expr, sema::KeyId key) {
  ValueId value = c.builder.load(c.keys.slot(key));
  // A key that a test has found set is read as what its optional holds.
  const TypeId type = c.type_of(expr);
  if (c.is(c.program.key(key).type, TypeKind::Opt) && !c.is(type, TypeKind::Opt))
    return c.builder.make(Opcode::OptGet, {value}, c.element(c.program.key(key).type));
  return value;
}

ValueId lower_leaf(ExprContext& c, const Expr& expr) {
  c.builder.set_span(expr.span);
  const TypeId wanted = c.program.expr_wanted[expr.id.index];
  const TypeId target = wanted.valid() ? wanted : c.type_of(expr);
  switch (expr.kind) {
    case ExprKind::Int: return c.builder.const_int(ast::as<ast::IntExpr>(expr).value);
    case ExprKind::Float: return c.builder.const_float(ast::as<ast::FloatExpr>(expr).value);
    case ExprKind::Bool: return c.builder.const_bool(ast::as<ast::BoolExpr>(expr).value);
    case ExprKind::Duration:
      return c.builder.const_duration(ast::as<ast::DurationExpr>(expr).nanoseconds);
    case ExprKind::None: return lower_none(c, target);
    case ExprKind::Template: {
      const TypeId type = c.is(target, TypeKind::Opt) ? c.element(target) : target;
      return lower_template(c, ast::as<ast::TemplateExpr>(expr), type);
    }
    case ExprKind::Name:
    case ExprKind::Field:
      if (c.program.tools.contains(expr.id)) return lower_tool(c, expr);
      return lower_key(c, expr, c.program.expr_keys[expr.id.index]);
    case ExprKind::Call: return lower_call(c, ast::as<ast::CallExpr>(expr));
    case ExprKind::Unary: return lower_unary(c, ast::as<ast::UnaryExpr>(expr));
    case ExprKind::Binary:
      return lower_maybe_unset(c, ast::as<ast::BinaryExpr>(expr),
                               maybe_unset_key(c, *ast::as<ast::BinaryExpr>(expr).left));
    case ExprKind::If: return lower_if(c, ast::as<ast::IfExpr>(expr), c.type_of(expr));
    case ExprKind::Match: return lower_match(c, ast::as<ast::MatchExpr>(expr), c.type_of(expr));
    case ExprKind::Block: return lower_block(c, ast::as<ast::BlockExpr>(expr), c.type_of(expr));
    case ExprKind::Record: return lower_record(c, ast::as<ast::RecordExpr>(expr));
    case ExprKind::List:
      return lower_list(c, ast::as<ast::ListExpr>(expr),
                        c.is(target, TypeKind::List) ? target : c.type_of(expr));
    case ExprKind::Map:
      return lower_map(c, ast::as<ast::MapExpr>(expr),
                       c.is(target, TypeKind::Map) ? target : c.type_of(expr));
    case ExprKind::Error:
    case ExprKind::Index:
    case ExprKind::Slice:
    case ExprKind::Lambda: PFLOW_UNREACHABLE("no leaf of a checked program");
  }
}

ValueId lower_with(ExprContext& c, const Expr& expr, const Expr& first, ValueId value) {
  c.builder.set_span(expr.span);
  switch (expr.kind) {
    case ExprKind::Binary: return lower_binary(c, ast::as<ast::BinaryExpr>(expr), value);
    case ExprKind::Field: return lower_field(c, ast::as<ast::FieldExpr>(expr), value);
    case ExprKind::Index: return lower_index(c, ast::as<ast::IndexExpr>(expr), value);
    case ExprKind::Slice: return lower_slice(c, ast::as<ast::SliceExpr>(expr), value);
    case ExprKind::Call: {
      c.evaluated.emplace(&first, value);
      ValueId result = lower_call(c, ast::as<ast::CallExpr>(expr));
      c.evaluated.erase(&first);
      return result;
    }
    case ExprKind::Error:
    case ExprKind::Int:
    case ExprKind::Float:
    case ExprKind::Bool:
    case ExprKind::None:
    case ExprKind::Duration:
    case ExprKind::Template:
    case ExprKind::Name:
    case ExprKind::Lambda:
    case ExprKind::Unary:
    case ExprKind::If:
    case ExprKind::Match:
    case ExprKind::Block:
    case ExprKind::Record:
    case ExprKind::Map:
    case ExprKind::List: PFLOW_UNREACHABLE("has no first operand");
  }
}

}  // namespace

ValueId lower_expr(ExprContext& c, const Expr& expr) {
  if (auto known = c.evaluated.find(&expr); known != c.evaluated.end()) return known->second;
  std::vector<const Expr*> spine{&expr};
  while (const Expr* first = first_operand(c, *spine.back())) spine.push_back(first);
  const Expr* at = spine.back();
  spine.pop_back();
  ValueId value = finish(c, *at, lower_leaf(c, *at));
  while (!spine.empty()) {
    const Expr* outer = spine.back();
    spine.pop_back();
    value = finish(c, *outer, lower_with(c, *outer, *at, value));
    at = outer;
  }
  return value;
}

ValueId lower_expr_as(ExprContext& c, const Expr& expr, TypeId to) {
  if (c.is(to, TypeKind::Void)) return c.lower(expr);
  if (c.evaluated.contains(&expr)) return c.convert(c.lower(expr), to);
  c.builder.set_span(expr.span);
  const bool wraps = c.is(to, TypeKind::Opt) && expr.kind == ExprKind::Template;
  const TypeId inner = wraps ? c.element(to) : to;
  switch (expr.kind) {
    case ExprKind::None:
      return c.is(to, TypeKind::Opt) ? lower_none(c, to) : c.convert(c.lower(expr), to);
    case ExprKind::Template:
      return c.convert(lower_template(c, ast::as<ast::TemplateExpr>(expr), inner), to);
    case ExprKind::List:
      if (c.is(to, TypeKind::List)) return lower_list(c, ast::as<ast::ListExpr>(expr), to);
      break;
    case ExprKind::Map:
      if (c.is(to, TypeKind::Map)) return lower_map(c, ast::as<ast::MapExpr>(expr), to);
      break;
    case ExprKind::If: return lower_if(c, ast::as<ast::IfExpr>(expr), to);
    case ExprKind::Match: return lower_match(c, ast::as<ast::MatchExpr>(expr), to);
    case ExprKind::Block: return lower_block(c, ast::as<ast::BlockExpr>(expr), to);
    case ExprKind::Error:
    case ExprKind::Int:
    case ExprKind::Float:
    case ExprKind::Bool:
    case ExprKind::Duration:
    case ExprKind::Name:
    case ExprKind::Field:
    case ExprKind::Index:
    case ExprKind::Slice:
    case ExprKind::Call:
    case ExprKind::Lambda:
    case ExprKind::Unary:
    case ExprKind::Binary:
    case ExprKind::Record: break;
  }
  return c.convert(c.lower(expr), to);
}

}  // namespace pflow::lowering
