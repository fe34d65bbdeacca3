// Calls of the compiler's own nodes, each overloaded on its first argument.
#include "frontend/sema/arguments.h"
#include "frontend/sema/calls.h"
#include "frontend/sema/conversions.h"
#include "frontend/sema/expressions.h"

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

namespace {

/// One call: which expression stands for which parameter.
class BuiltinCall {
 public:
  BuiltinCall(Env& env, const ast::CallExpr& call, const BuiltinInfo& info, Expect expect,
              const StageCall* stage)
      : env_(env), ctx_(env.ctx), call_(call), info_(info), expect_(expect), stage_(stage) {}

  TypeId check();

 private:
  bool assign();
  TypeId check_form();
  TypeId choose();
  TypeId fail();
  TypeId list_function();
  TypeId fold();
  TypeId length();
  TypeId slice();
  TypeId to_text();
  TypeId to_number(TypeId result);
  TypeId number(bool clamp);

  /// The type of the first argument: of its expression, or piped.
  TypeId first(Expect expect = {});
  /// Holds the first argument to a type, where it is an expression.
  void hold_first(TypeId type);
  TypeId wrong_first(TypeId type, std::string_view wanted);
  [[nodiscard]] Span first_span() const {
    return values_[0] != nullptr ? values_[0]->span : stage_->previous->span;
  }

  Env& env_;
  Context& ctx_;
  const ast::CallExpr& call_;
  const BuiltinInfo& info_;
  Expect expect_;
  const StageCall* stage_;
  std::vector<const ast::Expr*> values_;
};

bool BuiltinCall::assign() {
  bool piped = stage_ != nullptr && !ctx_.types.is(stage_->piped, TypeKind::Void);
  PortNames ports{info_.name, {}, info_.in_port};
  for (const BuiltinParam& param : info_.params) ports.names.push_back(param.name);
  Assigned assigned = assign_arguments(env_, call_, ports, piped);
  values_ = std::move(assigned.values);
  for (size_t i = 0; i < values_.size(); ++i) {
    bool fed = piped && static_cast<int>(i) == info_.in_port;
    if (values_[i] != nullptr || fed || info_.params[i].optional) continue;
    if (assigned.complete)
      ctx_.diagnostics
          .report(diag::missing_argument, call_.callee->span, info_.params[i].name, info_.name)
          .label(fmt::format("needs `{}`", info_.params[i].name));
    for (const ast::Expr* value : values_)
      if (value != nullptr && value->kind != ast::ExprKind::Lambda) check_expr(env_, *value);
    return false;
  }
  return true;
}

TypeId BuiltinCall::first(Expect expect) {
  return values_[0] != nullptr ? check_expr(env_, *values_[0], expect) : stage_->piped;
}

void BuiltinCall::hold_first(TypeId type) {
  if (values_[0] != nullptr) coerce(env_, *values_[0], type);
}

TypeId BuiltinCall::wrong_first(TypeId type, std::string_view wanted) {
  if (ctx_.types.is(type, TypeKind::Error)) return type;
  auto report = ctx_.diagnostics.report(diag::operand_type, call_.callee->span, info_.name,
                                        ctx_.type_text(type));
  report.label(fmt::format("takes {}", wanted))
      .secondary(first_span(), fmt::format("`{}`", ctx_.type_text(type)));
  if (ctx_.types.is(type, TypeKind::Opt)) report.help("give a value for `none` with `??`");
  return ctx_.types.error;
}

TypeId BuiltinCall::choose() {
  TypeId type = first({{}, true});
  if (stage_ == nullptr) {
    ctx_.diagnostics.report(diag::stage_only, call_.span, "choose")
        .label("not inside an expression")
        .note("`choose` ends a stage with an action; transitions follow it");
    return ctx_.types.error;
  }
  if (ctx_.types.is(type, TypeKind::Union) || ctx_.types.is(type, TypeKind::Error))
    return ctx_.types.void_;
  ctx_.diagnostics.report(diag::not_a_union, first_span(), ctx_.type_text(type))
      .label("its actions are not known")
      .note("a literal, or a value of a type like `\"yes\" | \"no\"`, says every action");
  return ctx_.types.error;
}

TypeId BuiltinCall::fail() {
  check_as(env_, *values_[0], ctx_.types.str, {call_.callee->span, "the message is a text"});
  return ctx_.types.never;
}

TypeId BuiltinCall::list_function() {
  TypeId list = first();
  if (!ctx_.types.is(list, TypeKind::List)) {
    if (values_[1]->kind != ast::ExprKind::Lambda) return wrong_first(list, "a list");
    check_function(env_, *values_[1], info_.name, {ctx_.types.error}, {});
    return wrong_first(list, "a list");
  }
  TypeId element = ctx_.types.get(list).element;
  Expect expect;
  if (info_.builtin == Builtin::Filter) expect.type = ctx_.types.bool_;
  if (info_.builtin == Builtin::Map && expect_.type.valid() &&
      ctx_.types.is(unwrapped(ctx_.types, expect_.type), TypeKind::List))
    expect = {ctx_.types.get(unwrapped(ctx_.types, expect_.type)).element, false, true};
  TypeId result = check_function(env_, *values_[1], info_.name, {element}, expect);
  if (ctx_.types.is(result, TypeKind::Error)) return result;
  if (info_.builtin == Builtin::Map) return ctx_.types.list(result);
  if (info_.builtin == Builtin::Filter || is_ordered(ctx_.types, result)) return list;
  ctx_.diagnostics.report(diag::operand_type, values_[1]->span, info_.name, ctx_.type_text(result))
      .label("has no order")
      .note("`int`, `float`, `str` and `duration` have an order");
  return ctx_.types.error;
}

TypeId BuiltinCall::fold() {
  TypeId list = first();
  TypeId initial = check_expr(env_, *values_[1], expect_);
  if (expect_.type.valid() && converts(ctx_.types, initial, expect_.type)) {
    initial = expect_.type;
    coerce(env_, *values_[1], initial);
  }
  bool is_list = ctx_.types.is(list, TypeKind::List);
  TypeId element = is_list ? ctx_.types.get(list).element : ctx_.types.error;
  initial = kept_type(ctx_, initial, values_[1]->span);
  TypeId result =
      check_function(env_, *values_[2], info_.name, {initial, element}, Expect{initial});
  if (!is_list) return wrong_first(list, "a list");
  return ctx_.types.is(result, TypeKind::Error) ? result : initial;
}

TypeId BuiltinCall::length() {
  TypeId type = first();
  switch (ctx_.types.kind(type)) {
    case TypeKind::Union: hold_first(ctx_.types.str); return ctx_.types.int_;
    case TypeKind::Str:
    case TypeKind::Bytes:
    case TypeKind::List: return ctx_.types.int_;
    default: return wrong_first(type, "`str`, `bytes` or a list");
  }
}

TypeId BuiltinCall::slice() {
  TypeId type = first();
  for (size_t i = 1; i < values_.size(); ++i)
    if (values_[i] != nullptr) check_as(env_, *values_[i], ctx_.types.int_);
  switch (ctx_.types.kind(type)) {
    case TypeKind::Union: hold_first(ctx_.types.str); return ctx_.types.str;
    case TypeKind::Str:
    case TypeKind::Bytes:
    case TypeKind::List: return type;
    default: return wrong_first(type, "`str`, `bytes` or a list");
  }
}

TypeId BuiltinCall::to_text() {
  TypeId type = first();
  if (holds_secret(ctx_.types, type)) {
    ctx_.diagnostics.report(diag::secret_shown, first_span()).label("a `secret`");
    return ctx_.types.error;
  }
  if (values_[0] != nullptr)
    return check_displayable(env_, *values_[0]) ? ctx_.types.str : ctx_.types.error;
  return can_interpolate(ctx_.types, type) ? ctx_.types.str : wrong_first(type, "a set value");
}

TypeId BuiltinCall::to_number(TypeId result) {
  TypeId type = first();
  switch (ctx_.types.kind(type)) {
    case TypeKind::Union: hold_first(ctx_.types.str); return result;
    case TypeKind::Str:
    case TypeKind::Int:
    case TypeKind::Float: return result;
    default: return wrong_first(type, "`str`, `int` or `float`");
  }
}

/// abs and clamp: in the type that all arguments reach.
TypeId BuiltinCall::number(bool clamp) {
  TypeId joined = first();
  for (size_t i = 1; clamp && i < values_.size(); ++i) {
    TypeId type = check_expr(env_, *values_[i]);
    TypeId both = join_types(ctx_.types, joined, type);
    if (!both.valid()) {
      coerce(env_, *values_[i], joined);
      return ctx_.types.error;
    }
    joined = both;
  }
  TypeKind kind = ctx_.types.kind(joined);
  if (kind != TypeKind::Int && kind != TypeKind::Float && kind != TypeKind::Duration)
    return wrong_first(joined, "a number");
  for (const ast::Expr* value : values_)
    if (value != nullptr) coerce(env_, *value, joined);
  return joined;
}

TypeId BuiltinCall::check_form() {
  switch (info_.builtin) {
    case Builtin::None:
    case Builtin::FlatMap:
    case Builtin::GroupBy:
    case Builtin::Any:
    case Builtin::All:
    case Builtin::Count:
    case Builtin::As:
    case Builtin::ToJson:
    case Builtin::Collect: break;
    case Builtin::Choose: return choose();
    case Builtin::Fail: return fail();
    case Builtin::Map:
    case Builtin::Filter:
    case Builtin::SortBy: return list_function();
    case Builtin::Fold: return fold();
    case Builtin::Len: return length();
    case Builtin::Slice: return slice();
    case Builtin::Str: return to_text();
    case Builtin::Int: return to_number(ctx_.types.int_);
    case Builtin::Float: return to_number(ctx_.types.float_);
    case Builtin::Abs: return number(false);
    case Builtin::Clamp: return number(true);
  }
  return ctx_.types.error;
}

TypeId BuiltinCall::check() {
  if (!assign()) return ctx_.types.error;
  TypeId result = check_form();
  CallInfo info;
  info.builtin = info_.builtin;
  for (size_t i = 0; i < values_.size(); ++i) {
    BoundArgument bound;
    bound.expr = values_[i];
    bool piped = values_[i] == nullptr && static_cast<int>(i) == info_.in_port;
    if (values_[i] != nullptr) {
      bound.source = ArgumentSource::Expr;
      bound.from = type_of(env_, *values_[i]);
    } else if (piped) {
      bound.source = ArgumentSource::Piped;
      bound.from = stage_->piped;
    }
    info.arguments.push_back(bound);
  }
  ctx_.program.calls[call_.id] = std::move(info);
  return result;
}

}  // namespace

TypeId check_builtin(Env& env, const ast::CallExpr& call, const BuiltinInfo& info, Expect expect,
                     const StageCall* stage) {
  return BuiltinCall(env, call, info, expect, stage).check();
}

}  // namespace pflow::sema
