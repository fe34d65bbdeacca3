// The compiler's nodes that apply a function to the items of a list or stream.
#include "frontend/sema/calls/builtin_call.h"
#include "frontend/sema/exprs/expressions.h"
#include "frontend/sema/types/conversions.h"
#include "frontend/sema/types/type_exprs.h"

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

BuiltinCall::Items BuiltinCall::items(bool streams, size_t function) {
  TypeId type = first();
  TypeKind kind = ctx_.types.kind(type);
  if (kind == TypeKind::List) return {ctx_.types.get(type).element, false};
  if (kind == TypeKind::Stream && streams) return {ctx_.types.get(type).element, true};
  const ast::Expr* lambda = function < values_.size() ? values_[function] : nullptr;
  if (lambda != nullptr && lambda->kind == ast::ExprKind::Lambda) {
    size_t params = ast::as<ast::LambdaExpr>(*lambda).params.size();
    check_function(env_, *lambda, info_.name, std::vector<TypeId>(params, ctx_.types.error), {});
  }
  wrong_first(type, streams ? "a list or a stream" : "a list");
  return {ctx_.types.error, false};
}

TypeId BuiltinCall::container(const Items& items, TypeId element) {
  std::string_view where = items.stream ? "a stream" : "a list";
  element = held_type(ctx_, element, call_.callee->span, where);
  if (ctx_.types.is(element, TypeKind::Error)) return element;
  return items.stream ? ctx_.types.stream(element) : ctx_.types.list(element);
}

/// Taking all items of a stream waits for them, which only a flow can.
void BuiltinCall::check_consumer(const Items& items) {
  if (!items.stream || env_.scope == nullptr || env_.scope->node == nullptr) return;
  ctx_.diagnostics.report(diag::stream_in_function, call_.callee->span, info_.name)
      .label("waits for its items")
      .secondary(env_.scope->node->name.span, "a function node waits for nothing")
      .help("declare it as a `flow`");
}

TypeId BuiltinCall::map() {
  Items items = this->items(true, 1);
  if (ctx_.types.is(items.element, TypeKind::Error)) return items.element;
  Expect expect;
  TypeId wanted = expect_.type.valid() ? unwrapped(ctx_.types, expect_.type) : TypeId();
  if (wanted.valid() && ctx_.types.is(wanted, TypeKind::List))
    expect = {ctx_.types.get(wanted).element, false, true};
  return container(items, check_function(env_, *values_[1], info_.name, {items.element}, expect));
}

TypeId BuiltinCall::filter() {
  Items items = this->items(true, 1);
  if (ctx_.types.is(items.element, TypeKind::Error)) return items.element;
  TypeId result =
      check_function(env_, *values_[1], info_.name, {items.element}, Expect{ctx_.types.bool_});
  return ctx_.types.is(result, TypeKind::Error) ? result : container(items, items.element);
}

TypeId BuiltinCall::flat_map() {
  Items items = this->items(true, 1);
  if (ctx_.types.is(items.element, TypeKind::Error)) return items.element;
  check_consumer(items);
  TypeId result = check_function(env_, *values_[1], info_.name, {items.element}, {});
  if (ctx_.types.is(result, TypeKind::Error)) return result;
  if (ctx_.types.is(result, TypeKind::List))
    return container(items, ctx_.types.get(result).element);
  ctx_.diagnostics.report(diag::operand_type, values_[1]->span, info_.name, ctx_.type_text(result))
      .label("expected a list of each item")
      .help("`map` takes one value of each item");
  return ctx_.types.error;
}

TypeId BuiltinCall::sort_by() {
  Items items = this->items(false, 1);
  if (ctx_.types.is(items.element, TypeKind::Error)) return items.element;
  TypeId result = check_function(env_, *values_[1], info_.name, {items.element}, {});
  if (ctx_.types.is(result, TypeKind::Error)) return result;
  if (is_ordered(ctx_.types, result)) return container(items, items.element);
  return without_order(*values_[1], result);
}

TypeId BuiltinCall::without_order(const ast::Expr& function, TypeId result) {
  ctx_.diagnostics.report(diag::operand_type, function.span, info_.name, ctx_.type_text(result))
      .label("has no order")
      .note("`int`, `float`, `str` and `duration` have an order");
  return ctx_.types.error;
}

/// A stream is read to its end, and no more of its items than these are kept.
TypeId BuiltinCall::top() {
  Items items = this->items(true, 2);
  check_as(env_, *values_[1], ctx_.types.int_);
  if (ctx_.types.is(items.element, TypeKind::Error)) return items.element;
  check_consumer(items);
  TypeId result = check_function(env_, *values_[2], info_.name, {items.element}, {});
  if (ctx_.types.is(result, TypeKind::Error)) return result;
  if (!is_ordered(ctx_.types, result)) return without_order(*values_[2], result);
  return container({items.element, false}, items.element);
}

TypeId BuiltinCall::group_by() {
  Items items = this->items(true, 1);
  if (ctx_.types.is(items.element, TypeKind::Error)) return items.element;
  if (!check_key(items)) return ctx_.types.error;
  return ctx_.types.map(ctx_.types.list(items.element));
}

bool BuiltinCall::check_key(const Items& items) {
  check_consumer(items);
  TypeId result =
      check_function(env_, *values_[1], info_.name, {items.element}, Expect{ctx_.types.str});
  return !ctx_.types.is(result, TypeKind::Error);
}

TypeId BuiltinCall::count_by() {
  Items items = this->items(true, 1);
  if (ctx_.types.is(items.element, TypeKind::Error)) return items.element;
  return check_key(items) ? ctx_.types.map(ctx_.types.int_) : ctx_.types.error;
}

TypeId BuiltinCall::sum_by() {
  Items items = this->items(true, 1);
  if (ctx_.types.is(items.element, TypeKind::Error)) return items.element;
  bool has_key = check_key(items);
  TypeId value = check_function(env_, *values_[2], info_.name, {items.element}, {});
  if (!has_key || ctx_.types.is(value, TypeKind::Error)) return ctx_.types.error;
  if (ctx_.types.has(value, tables::Number)) return ctx_.types.map(value);
  ctx_.diagnostics.report(diag::operand_type, values_[2]->span, info_.name, ctx_.type_text(value))
      .label("expected a number of each item");
  return ctx_.types.error;
}

/// any and all.
TypeId BuiltinCall::quantified() {
  Items items = this->items(false, 1);
  if (ctx_.types.is(items.element, TypeKind::Error)) return items.element;
  return check_function(env_, *values_[1], info_.name, {items.element}, Expect{ctx_.types.bool_});
}

TypeId BuiltinCall::count() {
  Items items = this->items(true, 1);
  if (ctx_.types.is(items.element, TypeKind::Error)) return items.element;
  check_consumer(items);
  TypeId result = ctx_.types.bool_;
  if (values_[1] != nullptr)
    result =
        check_function(env_, *values_[1], info_.name, {items.element}, Expect{ctx_.types.bool_});
  return ctx_.types.is(result, TypeKind::Error) ? result : ctx_.types.int_;
}

TypeId BuiltinCall::fold() {
  TypeId wanted = expect_.type;
  Items items = this->items(true, 2);
  TypeId initial = check_expr(env_, *values_[1], expect_);
  if (ctx_.types.is(items.element, TypeKind::Error)) return items.element;
  check_consumer(items);
  if (wanted.valid() && fits(env_, *values_[1], wanted)) {
    initial = wanted;
    coerce(env_, *values_[1], initial);
  }
  initial = kept_type(ctx_, initial, values_[1]->span);
  TypeId result =
      check_function(env_, *values_[2], info_.name, {initial, items.element}, Expect{initial});
  return ctx_.types.is(result, TypeKind::Error) ? result : initial;
}

TypeId BuiltinCall::collect() {
  Items items = this->items(true, 1);
  if (ctx_.types.is(items.element, TypeKind::Error)) return items.element;
  check_consumer(items);
  return ctx_.types.list(items.element);
}

}  // namespace pflow::sema
