#include "frontend/lower/expr/expr_lowering.h"

#include <algorithm>

#include "frontend/lower/expr/convert.h"
#include "support/check.h"

namespace pflow {

using ast::Expr;
using ast::ExprKind;
using ir::Opcode;
using ir::TypeId;
using ir::TypeKind;
using ir::ValueId;

ValueId ExprLowering::convert(ValueId value, TypeId to) {
  return pflow::convert(builder_, types_, value, to);
}

void ExprLowering::add_params(const FlowPart& part) {
  for (const CarriedKey& in : part.params) {
    const sema::Key& key = program_.key(in.key);
    const std::string name(module_.text(key.name));
    if (in.flag)
      flags_[in.key] = builder_.param(name + ".set", types_.bool_);
    else
      slots_[in.key] = builder_.param(name, key.type);
  }
  builder_.enter(builder_.block("entry"));
  for (const CarriedKey& in : part.params) {
    if (std::ranges::find(part.assigned, in.key) == part.assigned.end()) continue;
    auto& slots = in.flag ? flags_ : slots_;
    const ir::SlotId param = slots[in.key];
    const std::string name = builder_.function().slots[param.index].name;
    slots[in.key] = builder_.slot(name, builder_.type(param));
    builder_.store(slots[in.key], builder_.load(param));
  }
}

ir::SlotId ExprLowering::slot(sema::KeyId key) {
  auto [at, fresh] = slots_.try_emplace(key);
  const sema::Key& info = program_.key(key);
  if (fresh) at->second = builder_.slot(module_.text(info.name), info.type);
  return at->second;
}

ir::SlotId ExprLowering::set_flag(sema::KeyId key) {
  auto [at, fresh] = flags_.try_emplace(key);
  if (!fresh) return at->second;
  at->second =
      builder_.slot(std::string(module_.text(program_.key(key).name)) + ".set", types_.bool_);
  own_flags_.push_back(at->second);
  return at->second;
}

void ExprLowering::store(sema::KeyId key, ValueId value) {
  builder_.store(slot(key), convert(value, program_.key(key).type));
  if (module_.has_flag(key)) builder_.store(set_flag(key), builder_.const_bool(true));
}

const Expr* ExprLowering::first_operand(const Expr& expr) const {
  switch (expr.kind) {
    case ExprKind::Binary: {
      const auto& binary = ast::as<ast::BinaryExpr>(expr);
      if (binary.op == ast::BinaryOp::Coalesce && maybe_unset_key(*binary.left).valid())
        return nullptr;
      return binary.left;
    }
    case ExprKind::Field:
      if (program_.expr_keys[expr.id.index].valid()) return nullptr;
      return ast::as<ast::FieldExpr>(expr).base;
    case ExprKind::Index: return ast::as<ast::IndexExpr>(expr).base;
    case ExprKind::Slice: return ast::as<ast::SliceExpr>(expr).base;
    case ExprKind::Call: {
      if (is_sequence_call(expr)) return nullptr;
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

ValueId ExprLowering::lower(const Expr& expr) {
  if (auto known = evaluated_.find(&expr); known != evaluated_.end()) return known->second;
  std::vector<const Expr*> spine{&expr};
  while (const Expr* first = first_operand(*spine.back())) spine.push_back(first);
  const Expr* at = spine.back();
  spine.pop_back();
  ValueId value = finish(*at, lower_leaf(*at));
  while (!spine.empty()) {
    const Expr* outer = spine.back();
    spine.pop_back();
    value = finish(*outer, lower_with(*outer, *at, value));
    at = outer;
  }
  return value;
}

ValueId ExprLowering::finish(const Expr& expr, ValueId value) {
  const TypeId wanted = program_.expr_wanted[expr.id.index];
  if (!wanted.valid() || is(wanted, TypeKind::Void)) return value;
  return convert(value, wanted);
}

ValueId ExprLowering::lower_as(const Expr& expr, TypeId to) {
  if (is(to, TypeKind::Void)) return lower(expr);
  if (evaluated_.contains(&expr)) return convert(lower(expr), to);
  builder_.set_span(expr.span);
  const bool wraps = is(to, TypeKind::Opt) && expr.kind == ExprKind::Template;
  const TypeId inner = wraps ? element(to) : to;
  switch (expr.kind) {
    case ExprKind::None: return is(to, TypeKind::Opt) ? lower_none(to) : convert(lower(expr), to);
    case ExprKind::Template:
      return convert(lower_template(ast::as<ast::TemplateExpr>(expr), inner), to);
    case ExprKind::List:
      if (is(to, TypeKind::List)) return lower_list(ast::as<ast::ListExpr>(expr), to);
      break;
    case ExprKind::Map:
      if (is(to, TypeKind::Map)) return lower_map(ast::as<ast::MapExpr>(expr), to);
      break;
    case ExprKind::If: return lower_if(ast::as<ast::IfExpr>(expr), to);
    case ExprKind::Match: return lower_match(ast::as<ast::MatchExpr>(expr), to);
    case ExprKind::Block: return lower_block(ast::as<ast::BlockExpr>(expr), to);
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
  return convert(lower(expr), to);
}

ValueId ExprLowering::lower_none(TypeId type) {
  if (!is(type, TypeKind::Opt)) type = types_.opt(types_.bool_);
  return builder_.make(Opcode::OptNone, {}, type);
}

ValueId ExprLowering::lower_leaf(const Expr& expr) {
  builder_.set_span(expr.span);
  const TypeId wanted = program_.expr_wanted[expr.id.index];
  const TypeId target = wanted.valid() ? wanted : type_of(expr);
  switch (expr.kind) {
    case ExprKind::Int: return builder_.const_int(ast::as<ast::IntExpr>(expr).value);
    case ExprKind::Float: return builder_.const_float(ast::as<ast::FloatExpr>(expr).value);
    case ExprKind::Bool: return builder_.const_bool(ast::as<ast::BoolExpr>(expr).value);
    case ExprKind::Duration:
      return builder_.const_duration(ast::as<ast::DurationExpr>(expr).nanoseconds);
    case ExprKind::None: return lower_none(target);
    case ExprKind::Template: {
      const TypeId type = is(target, TypeKind::Opt) ? element(target) : target;
      return lower_template(ast::as<ast::TemplateExpr>(expr), type);
    }
    case ExprKind::Name:
    case ExprKind::Field: return lower_key(expr, program_.expr_keys[expr.id.index]);
    case ExprKind::Call: return lower_call(ast::as<ast::CallExpr>(expr));
    case ExprKind::Unary: return lower_unary(ast::as<ast::UnaryExpr>(expr));
    case ExprKind::Binary:
      return lower_maybe_unset(ast::as<ast::BinaryExpr>(expr),
                               maybe_unset_key(*ast::as<ast::BinaryExpr>(expr).left));
    case ExprKind::If: return lower_if(ast::as<ast::IfExpr>(expr), type_of(expr));
    case ExprKind::Match: return lower_match(ast::as<ast::MatchExpr>(expr), type_of(expr));
    case ExprKind::Block: return lower_block(ast::as<ast::BlockExpr>(expr), type_of(expr));
    case ExprKind::Record: return lower_record(ast::as<ast::RecordExpr>(expr));
    case ExprKind::List:
      return lower_list(ast::as<ast::ListExpr>(expr),
                        is(target, TypeKind::List) ? target : type_of(expr));
    case ExprKind::Map:
      return lower_map(ast::as<ast::MapExpr>(expr),
                       is(target, TypeKind::Map) ? target : type_of(expr));
    case ExprKind::Error:
    case ExprKind::Index:
    case ExprKind::Slice:
    case ExprKind::Lambda: PFLOW_UNREACHABLE("no leaf of a checked program");
  }
}

ValueId ExprLowering::lower_with(const Expr& expr, const Expr& first, ValueId value) {
  builder_.set_span(expr.span);
  switch (expr.kind) {
    case ExprKind::Binary: return lower_binary(ast::as<ast::BinaryExpr>(expr), value);
    case ExprKind::Field: return lower_field(ast::as<ast::FieldExpr>(expr), value);
    case ExprKind::Index: return lower_index(ast::as<ast::IndexExpr>(expr), value);
    case ExprKind::Slice: return lower_slice(ast::as<ast::SliceExpr>(expr), value);
    case ExprKind::Call: {
      evaluated_.emplace(&first, value);
      ValueId result = lower_call(ast::as<ast::CallExpr>(expr));
      evaluated_.erase(&first);
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

ValueId ExprLowering::lower_key(const Expr& expr, sema::KeyId key) {
  ValueId value = builder_.load(slot(key));
  // A key that a test has found set is read as what its optional holds.
  const TypeId type = type_of(expr);
  if (is(program_.key(key).type, TypeKind::Opt) && !is(type, TypeKind::Opt))
    return builder_.make(Opcode::OptGet, {value}, element(program_.key(key).type));
  return value;
}

}  // namespace pflow
