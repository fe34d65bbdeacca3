// map, filter, fold and sort_by: loops over a list with the function's body, or
// a call of the named node, inside.
#include "frontend/lower/convert.h"
#include "frontend/lower/expr_lowering.h"

namespace pflow {

using ir::BlockId;
using ir::Opcode;
using ir::SlotId;
using ir::TypeId;
using ir::TypeKind;
using ir::ValueId;

ExprLowering::Loop ExprLowering::begin_loop(std::string name, ValueId list) {
  Loop loop;
  loop.list = builder_.slot(name + ".list", builder_.type(list));
  loop.index = builder_.slot(name + ".index", types_.int_);
  loop.count = builder_.slot(name + ".count", types_.int_);
  loop.head = builder_.block(name);
  loop.body = builder_.block(name + "_item");
  loop.done = builder_.block("after_" + name);
  loop.name = std::move(name);
  builder_.store(loop.count, builder_.make(Opcode::Len, {list}, types_.int_));
  builder_.store(loop.list, list);
  builder_.store(loop.index, builder_.const_int(0));
  builder_.jump(loop.head);
  builder_.enter(loop.head);
  ValueId more = builder_.make(Opcode::Lt, {builder_.load(loop.index), builder_.load(loop.count)},
                               types_.bool_);
  builder_.branch(more, loop.body, loop.done);
  builder_.enter(loop.body);
  return loop;
}

ValueId ExprLowering::loop_item(const Loop& loop) {
  ValueId list = builder_.load(loop.list);
  return builder_.make(Opcode::Index, {list, builder_.load(loop.index)},
                       element(builder_.type(list)));
}

void ExprLowering::end_loop(const Loop& loop) {
  ValueId next =
      builder_.make(Opcode::Add, {builder_.load(loop.index), builder_.const_int(1)}, types_.int_);
  builder_.store(loop.index, next);
  builder_.jump(loop.head);
  builder_.enter(loop.done);
}

TypeId ExprLowering::result_of(const ast::Expr& function) const {
  const sema::FunctionArgument& info = program_.functions.at(function.id);
  if (!info.callee.valid()) {
    const ast::Expr& body = *ast::as<ast::LambdaExpr>(function).body;
    const TypeId wanted = program_.expr_wanted[body.id.index];
    return wanted.valid() ? wanted : type_of(body);
  }
  const sema::Callable& callable = program_.callable(info.callee);
  return callable.outputs[static_cast<size_t>(callable.out_port < 0 ? 0 : callable.out_port)].type;
}

ValueId ExprLowering::apply(const ast::Expr& function, std::vector<ValueId> values) {
  const sema::FunctionArgument& info = program_.functions.at(function.id);
  if (!info.callee.valid()) {
    for (size_t i = 0; i < info.params.size() && i < values.size(); ++i)
      store(info.params[i], values[i]);
    return lower(*ast::as<ast::LambdaExpr>(function).body);
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

ValueId ExprLowering::map_loop(const std::string& name, ValueId list, const ast::Expr& function,
                               TypeId result) {
  const SlotId out = builder_.slot(name + ".out", result);
  builder_.store(out, builder_.make(Opcode::ListMake, {}, result));
  const Loop loop = begin_loop(name, list);
  ValueId item = convert(apply(function, {loop_item(loop)}), element(result));
  builder_.store(out, builder_.make(Opcode::ListPush, {builder_.load(out), item}, result));
  end_loop(loop);
  return builder_.load(out);
}

ValueId ExprLowering::lower_map(const sema::CallInfo& info, TypeId result) {
  ValueId list = argument(info.arguments[0]);
  return list.valid() ? map_loop("map", list, *info.arguments[1].expr, result) : ValueId();
}

ValueId ExprLowering::lower_filter(const sema::CallInfo& info, TypeId result) {
  ValueId list = convert(argument(info.arguments[0]), result);
  const SlotId out = builder_.slot("filter.out", result);
  const SlotId item = builder_.slot("filter.item", element(result));
  builder_.store(out, builder_.make(Opcode::ListMake, {}, result));
  const Loop loop = begin_loop("filter", list);
  builder_.store(item, loop_item(loop));
  ValueId keeps = apply(*info.arguments[1].expr, {builder_.load(item)});
  const BlockId keep = builder_.block("filter_keep");
  const BlockId next = builder_.block("filter_next");
  builder_.branch(convert(keeps, types_.bool_), keep, next);
  builder_.enter(keep);
  builder_.store(
      out, builder_.make(Opcode::ListPush, {builder_.load(out), builder_.load(item)}, result));
  builder_.jump(next);
  builder_.enter(next);
  end_loop(loop);
  return builder_.load(out);
}

ValueId ExprLowering::lower_fold(const sema::CallInfo& info, TypeId result) {
  ValueId list = argument(info.arguments[0]);
  if (!list.valid()) return {};
  const SlotId sum = builder_.slot("fold.value", result);
  const sema::BoundArgument& first = info.arguments[1];
  builder_.store(sum, first.source == sema::ArgumentSource::Expr && first.expr != nullptr
                          ? lower_as(*first.expr, result)
                          : convert(argument(first), result));
  const Loop loop = begin_loop("fold", list);
  ValueId next = apply(*info.arguments[2].expr, {builder_.load(sum), loop_item(loop)});
  builder_.store(sum, convert(next, result));
  end_loop(loop);
  return builder_.load(sum);
}

ValueId ExprLowering::lower_sort_by(const sema::CallInfo& info, TypeId result) {
  ValueId list = convert(argument(info.arguments[0]), result);
  const ast::Expr& function = *info.arguments[1].expr;
  ValueId keys = map_loop("sort_by", list, function, types_.list(result_of(function)));
  return builder_.make(Opcode::ListSortBy, {list, keys}, result);
}

}  // namespace pflow
