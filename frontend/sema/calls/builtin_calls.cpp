// Calls of the compiler's own nodes, each overloaded on its first argument.
#include "frontend/sema/calls/arguments.h"
#include "frontend/sema/calls/builtin_call.h"
#include "frontend/sema/calls/fail_kind.h"
#include "frontend/sema/exprs/expressions.h"
#include "frontend/sema/exprs/refused_literals.h"
#include "frontend/sema/types/conversions.h"
#include "frontend/sema/types/type_exprs.h"

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

bool BuiltinCall::assign() {
  bool piped = stage_ != nullptr && !ctx_.types.is(stage_->piped, TypeKind::Void);
  PortNames ports{info_.name, {}, info_.in_port, {}};
  for (const BuiltinParam& param : info_.params) {
    ports.names.push_back(param.name);
    ports.takes_type.push_back(param.takes_type);
  }
  Assigned assigned = assign_arguments(env_, call_, ports, piped);
  values_ = std::move(assigned.values);
  types_ = std::move(assigned.types);
  for (size_t i = 0; i < values_.size(); ++i) {
    bool fed = piped && static_cast<int>(i) == info_.in_port;
    if (values_[i] != nullptr || types_[i] != nullptr || fed || info_.params[i].optional) continue;
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
  if (ctx_.types.is(type, TypeKind::Stream)) report.help("make a list of it: `collect(…)`");
  bool entries = ctx_.types.is(type, TypeKind::Map) && info_.builtin != Builtin::Str;
  if (entries) report.help("go through its entries: `.entries()`");
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
  if (values_[1] != nullptr) {
    check_as(env_, *values_[1], ctx_.types.int_, {call_.callee->span, "an exit code is a number"});
    check_exit_code_literal(ctx_, *values_[1]);
  }
  if (values_[2] != nullptr) check_fail_kind(env_, *values_[2]);
  return ctx_.types.never;
}

/// `x.as(T)`: what JSON is checked for.
TypeId BuiltinCall::as_type() {
  TypeId type = first();
  type_argument_ = resolve_type_argument(ctx_, *types_[1]);
  if (ctx_.types.is(type, TypeKind::Error)) return type_argument_;
  if (!ctx_.types.is(type, TypeKind::Json)) {
    if (ctx_.types.is(unwrapped(ctx_.types, type), TypeKind::Json))
      return wrong_first(type, "`json`");
    auto report = ctx_.diagnostics.report(diag::operand_type, call_.callee->span, info_.name,
                                          ctx_.type_text(type));
    report.label("takes `json`").secondary(first_span(), fmt::format("`{}`", ctx_.type_text(type)));
    if (ctx_.types.is(type, TypeKind::Str))
      report.help("read the text: `parse_json(x, schema: T)`");
    return ctx_.types.error;
  }
  bool readable = !is_template_type(ctx_.types, type_argument_) &&
                  !ctx_.types.is(type_argument_, TypeKind::Stream);
  if (readable) return type_argument_;
  ctx_.diagnostics
      .report(diag::operand_type, types_[1]->span, info_.name, ctx_.type_text(type_argument_))
      .label("JSON holds no such value");
  return ctx_.types.error;
}

TypeId BuiltinCall::length() {
  TypeId type = first();
  const TypeKind kind = ctx_.types.kind(type);
  if (kind == TypeKind::Union) hold_first(ctx_.types.str);
  const bool counts = kind == TypeKind::Union || kind == TypeKind::Str || kind == TypeKind::Bytes ||
                      kind == TypeKind::Map || kind == TypeKind::List;
  return counts ? ctx_.types.int_ : wrong_first(type, "`str`, `bytes`, a list or a map");
}

TypeId BuiltinCall::slice() {
  TypeId type = first();
  for (size_t i = 1; i < values_.size(); ++i)
    if (values_[i] != nullptr) check_as(env_, *values_[i], ctx_.types.int_);
  const TypeKind kind = ctx_.types.kind(type);
  if (kind == TypeKind::Union) {
    hold_first(ctx_.types.str);
    return ctx_.types.str;
  }
  const bool cuts = kind == TypeKind::Str || kind == TypeKind::Bytes || kind == TypeKind::List;
  return cuts ? type : wrong_first(type, "`str`, `bytes` or a list");
}

/// `json({ … })`: a literal where nothing else says that it is JSON.
TypeId BuiltinCall::json() {
  const ast::Expr& value = *values_[0];
  TypeId type = check_expr(env_, value, {ctx_.types.json});
  bool known = ctx_.types.is(type, TypeKind::Error) || ctx_.types.is(type, TypeKind::Json) ||
               fits(env_, value, ctx_.types.json);
  if (known) return check_as(env_, value, ctx_.types.json);
  auto report = ctx_.diagnostics.report(diag::operand_type, call_.callee->span, info_.name,
                                        ctx_.type_text(type));
  report.label("takes a literal").secondary(value.span, fmt::format("`{}`", ctx_.type_text(type)));
  if (is_jsonable(ctx_.types, type))
    report.help("a computed value goes through its text",
                Edit{call_.span, fmt::format("parse_json(to_json({}), schema: json)",
                                             ctx_.sources.text(value.span))});
  return ctx_.types.error;
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
  const TypeKind kind = ctx_.types.kind(type);
  if (kind == TypeKind::Union) hold_first(ctx_.types.str);
  const bool reads = kind == TypeKind::Union || kind == TypeKind::Str || kind == TypeKind::Int ||
                     kind == TypeKind::Float;
  return reads ? result : wrong_first(type, "`str`, `int` or `float`");
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
  if (!ctx_.types.has(joined, tables::Number) || ctx_.types.is(joined, TypeKind::Error))
    return wrong_first(joined, "a number");
  for (const ast::Expr* value : values_)
    if (value != nullptr) coerce(env_, *value, joined);
  return joined;
}

TypeId BuiltinCall::check_form() {
  switch (info_.builtin) {
    case Builtin::None: break;
    case Builtin::Choose: return choose();
    case Builtin::Fail: return fail();
    case Builtin::Map: return map();
    case Builtin::Filter: return filter();
    case Builtin::FlatMap: return flat_map();
    case Builtin::SortBy: return sort_by();
    case Builtin::GroupBy: return group_by();
    case Builtin::CountBy: return count_by();
    case Builtin::SumBy: return sum_by();
    case Builtin::Top: return top();
    case Builtin::Any:
    case Builtin::All: return quantified();
    case Builtin::Count: return count();
    case Builtin::Fold: return fold();
    case Builtin::Collect: return collect();
    case Builtin::As: return as_type();
    case Builtin::Len: return length();
    case Builtin::Slice: return slice();
    case Builtin::Json: return json();
    case Builtin::Str: return to_text();
    case Builtin::Int: return to_number(ctx_.types.int_);
    case Builtin::Float: return to_number(ctx_.types.float_);
    case Builtin::Abs: return number(false);
    case Builtin::Clamp: return number(true);
    case Builtin::Calls: break;  // calls/counted.h
  }
  return ctx_.types.error;
}

TypeId BuiltinCall::check() {
  if (!assign()) return ctx_.types.error;
  TypeId result = check_form();
  CallInfo info;
  info.builtin = info_.builtin;
  if (type_argument_.valid()) info.type_arguments = {type_argument_};
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

TypeId check_builtin(Env& env, const ast::CallExpr& call, const BuiltinInfo& info, Expect expect,
                     const StageCall* stage) {
  return BuiltinCall(env, call, info, expect, stage).check();
}

}  // namespace pflow::sema
