// Chains of map, filter and flat_map: their steps, the functions applied, and on
// streams the one function of `stream.pipe`.
#include <algorithm>
#include <utility>

#include "frontend/lower/expr/convert.h"
#include "frontend/lower/expr/expr_lowering.h"

namespace pflow {

using ir::BlockId;
using ir::Opcode;
using ir::SlotId;
using ir::TypeId;
using ir::TypeKind;
using ir::ValueId;
using sema::ArgumentSource;
using sema::Builtin;

const char* ExprLowering::builtin_name(Builtin builtin) {
  return builtin == Builtin::Map ? "map" : builtin == Builtin::Filter ? "filter" : "flat_map";
}

/// The call of map, filter or flat_map behind `at` that has not been evaluated; null
/// when it is something else.
const ast::CallExpr* ExprLowering::step_call(const ast::Expr* expr) const {
  if (expr == nullptr || expr->kind != ast::ExprKind::Call || evaluated_.contains(expr))
    return nullptr;
  auto call = program_.calls.find(expr->id);
  if (call == program_.calls.end()) return nullptr;
  const Builtin builtin = call->second.builtin;
  const bool step =
      builtin == Builtin::Map || builtin == Builtin::Filter || builtin == Builtin::FlatMap;
  return step ? &ast::as<ast::CallExpr>(*expr) : nullptr;
}

bool ExprLowering::is_sequence_call(const ast::Expr& expr) const {
  if (expr.kind != ast::ExprKind::Call) return false;
  auto call = program_.calls.find(expr.id);
  if (call == program_.calls.end()) return false;
  switch (call->second.builtin) {
    case Builtin::Map:
    case Builtin::Filter:
    case Builtin::FlatMap:
    case Builtin::Fold:
    case Builtin::Any:
    case Builtin::All:
    case Builtin::Count:
    case Builtin::Collect:
    case Builtin::GroupBy:
    case Builtin::SortBy: return true;
    case Builtin::None:
    case Builtin::Choose:
    case Builtin::Fail:
    case Builtin::Len:
    case Builtin::Slice:
    case Builtin::Json:
    case Builtin::Str:
    case Builtin::Int:
    case Builtin::Float:
    case Builtin::Abs:
    case Builtin::Clamp:
    case Builtin::As: return false;
  }
}

bool ExprLowering::takes_piped(const ast::Expr& expr) const {
  return is_sequence_call(expr) &&
         program_.calls.at(expr.id).arguments[0].source == ArgumentSource::Piped;
}

std::vector<ExprLowering::Step> ExprLowering::steps_of(const sema::BoundArgument*& at,
                                                       TypeKind kind) {
  std::vector<Step> steps;
  size_t deferred = deferred_.size();
  for (;;) {
    const ast::CallExpr* call = nullptr;
    if (at->source == ArgumentSource::Expr) call = step_call(at->expr);
    if (at->source == ArgumentSource::Piped && deferred > 0) call = deferred_[--deferred];
    if (call == nullptr || !is(type_of(*call), kind)) break;
    const sema::CallInfo& info = program_.calls.at(call->id);
    steps.push_back({info.builtin, info.arguments[1].expr, element(type_of(*call))});
    at = &info.arguments[0];
  }
  std::reverse(steps.begin(), steps.end());
  return steps;
}

/// Whether flat_map is among the steps that end with the call.
bool ExprLowering::flattens(const ast::CallExpr& expr) {
  sema::BoundArgument whole;
  whole.source = ArgumentSource::Expr;
  whole.expr = &expr;
  const sema::BoundArgument* at = &whole;
  const std::vector<Step> steps = steps_of(at, TypeKind::Stream);
  return std::ranges::any_of(steps, [](const Step& step) { return step.kind == Builtin::FlatMap; });
}

/// The call of `range` with a step of 1 behind `source`, which needs no list; or null.
const sema::CallInfo* ExprLowering::counting_range(const sema::BoundArgument& source) const {
  const ast::Expr* expr = source.source == ArgumentSource::Expr ? source.expr : nullptr;
  if (expr == nullptr || expr->kind != ast::ExprKind::Call || evaluated_.contains(expr))
    return nullptr;
  auto call = program_.calls.find(expr->id);
  if (call == program_.calls.end() || !call->second.callee.valid()) return nullptr;
  const sema::Callable& callable = program_.callable(call->second.callee);
  const std::vector<sema::BoundArgument>& arguments = call->second.arguments;
  if (callable.module != "lists" || module_.text(callable.name) != "range") return nullptr;
  const bool plain_end =
      arguments[1].source == ArgumentSource::Default ||
      (arguments[1].source == ArgumentSource::Expr && arguments[1].from == types_.int_);
  const bool plain = arguments[0].source == ArgumentSource::Expr && plain_end &&
                     arguments[2].source == ArgumentSource::Default;
  return plain ? &call->second : nullptr;
}

ExprLowering::Sequence ExprLowering::sequence_of(const sema::BoundArgument& items) {
  Sequence sequence;
  const sema::BoundArgument* at = &items;
  const ast::Expr* outer = items.source == ArgumentSource::Expr ? items.expr : nullptr;
  if (items.source == ArgumentSource::Piped && !deferred_.empty()) outer = deferred_.back();
  const bool streams = outer != nullptr && is(type_of(*outer), TypeKind::Stream);
  sequence.steps = steps_of(at, streams ? TypeKind::Stream : TypeKind::List);
  deferred_.clear();
  if (const sema::CallInfo* range = counting_range(*at)) {
    const sema::BoundArgument& end = range->arguments[1];
    sequence.from = lower_as(*range->arguments[0].expr, types_.int_);
    sequence.source = end.source == ArgumentSource::Expr ? lower_as(*end.expr, types_.int_)
                                                         : std::exchange(sequence.from, {});
    if (!sequence.from.valid()) sequence.from = builder_.const_int(0);
    return sequence;
  }
  sequence.source = argument(*at);
  return sequence;
}

const ast::LambdaExpr* ExprLowering::lambda_of(const ast::Expr& function) const {
  const sema::FunctionArgument& info = program_.functions.at(function.id);
  if (info.lambda != nullptr) return info.lambda;
  return info.callee.valid() ? nullptr : &ast::as<ast::LambdaExpr>(function);
}

TypeId ExprLowering::result_of(const ast::Expr& function) const {
  if (const ast::LambdaExpr* lambda = lambda_of(function)) {
    const TypeId wanted = program_.expr_wanted[lambda->body->id.index];
    return wanted.valid() ? wanted : type_of(*lambda->body);
  }
  const sema::Callable& callable = program_.callable(program_.functions.at(function.id).callee);
  return callable.outputs[static_cast<size_t>(callable.out_port < 0 ? 0 : callable.out_port)].type;
}

ValueId ExprLowering::apply(const ast::Expr& function, std::vector<ValueId> values) {
  const sema::FunctionArgument& info = program_.functions.at(function.id);
  if (const ast::LambdaExpr* lambda = lambda_of(function)) {
    for (size_t i = 0; i < info.params.size() && i < values.size(); ++i)
      store(info.params[i], values[i]);
    return lower(*lambda->body);
  }
  const sema::Callable& callable = program_.callable(info.callee);
  std::vector<ValueId> operands(callable.ports.size());
  // One value goes to the `in` port, else values go to the first ports.
  size_t first =
      values.size() == 1 && callable.in_port > 0 ? static_cast<size_t>(callable.in_port) : 0;
  for (size_t i = 0; i < values.size(); ++i) {
    const sema::PortInfo& port = callable.ports[first + i];
    ValueId value = port.takes_any ? as_text(builder_, types_, values[i]) : values[i];
    operands[first + i] = convert(value, port.type);
  }
  for (size_t i = 0; i < operands.size(); ++i)
    if (!operands[i].valid())
      operands[i] = lower_as(*callable.ports[i].default_value, callable.ports[i].type);
  builder_.set_span(function.span);
  const bool node = callable.kind == sema::CallableKind::Extern;
  sema::CallInfo plain;
  plain.callee = info.callee;
  return call(plain, std::move(operands),
              node ? module_.site(function_, {}, plain, function.span) : ir::SiteId());
}

ir::FunctionId ExprLowering::pipe_function(const std::vector<Step>& steps,
                                           const std::vector<CarriedKey>& captures, TypeId item,
                                           Span span) {
  FlowPart part;
  part.params = captures;
  ir::Builder builder(types_, ir::FunctionKind::Pure, module_.fresh_name(function_ + ".pipe"),
                      span);
  ExprLowering inner(module_, builder, function_);
  inner.add_params(part);
  const SlotId input = builder.param("item", item);
  const TypeId result = steps.back().item;
  const BlockId dropped = builder.block("dropped");
  inner.run_steps(
      steps, builder.load(input), {dropped, dropped}, [&](ValueId value, const LoopExits&) {
        builder.add(Opcode::Return, {builder.const_bool(true), inner.convert(value, result)});
      });
  builder.enter(dropped);
  builder.add(Opcode::Return, {builder.const_bool(false), builder.make(Opcode::Zero, {}, result)});
  builder.function().results = {types_.bool_, result};
  builder.function().result_names = {"keep", "item"};
  return module_.add(builder.take());
}

ValueId ExprLowering::lower_pipe(const ast::CallExpr& expr) {
  const Span span = expr.span;
  sema::BoundArgument whole;
  whole.source = ArgumentSource::Expr;
  whole.expr = &expr;
  const Sequence sequence = sequence_of(whole);
  KeyUses uses(program_);
  for (const Step& step : sequence.steps) uses.add(*step.function);
  const std::vector<CarriedKey> captures = keys_in(module_, uses, false, {});
  const TypeId item = element(builder_.type(sequence.source));
  const ir::FunctionId function = pipe_function(sequence.steps, captures, item, span);
  std::vector<ValueId> operands{sequence.source};
  for (const CarriedKey& key : captures) operands.push_back(builder_.load(slot(key)));
  builder_.set_span(span);
  ir::Op& op = builder_.add(Opcode::StreamPipe, std::move(operands),
                            types_.stream(sequence.steps.back().item));
  op.callee.function = function;
  return op.result;
}

}  // namespace pflow
