#include "frontend/lower/expr/function_arguments.h"

#include "frontend/lower/expr/arguments.h"
#include "frontend/lower/expr/convert.h"
#include "frontend/lower/module/sites.h"

namespace pflow::lowering {

using ir::TypeId;
using ir::ValueId;

namespace {

const ast::LambdaExpr* lambda_of(const ExprContext& c, const ast::Expr& function) {
  const sema::FunctionArgument& info = c.program.functions.at(function.id);
  if (info.lambda != nullptr) return info.lambda;
  return info.callee.valid() ? nullptr : &ast::as<ast::LambdaExpr>(function);
}

}  // namespace

TypeId result_of(const ExprContext& c, const ast::Expr& function) {
  if (const ast::LambdaExpr* lambda = lambda_of(c, function)) {
    const TypeId wanted = c.program.expr_wanted[lambda->body->id.index];
    return wanted.valid() ? wanted : c.type_of(*lambda->body);
  }
  const sema::Callable& callable = c.program.callable(c.program.functions.at(function.id).callee);
  return callable.outputs[static_cast<size_t>(callable.out_port < 0 ? 0 : callable.out_port)].type;
}

ValueId apply(ExprContext& c, const ast::Expr& function, std::vector<ValueId> values) {
  const sema::FunctionArgument& info = c.program.functions.at(function.id);
  if (const ast::LambdaExpr* lambda = lambda_of(c, function)) {
    for (size_t i = 0; i < info.params.size() && i < values.size(); ++i)
      c.keys.store(info.params[i], values[i]);
    return c.lower(*lambda->body);
  }
  const sema::Callable& callable = c.program.callable(info.callee);
  std::vector<ValueId> operands(callable.ports.size());
  // One value goes to the `in` port, else values go to the first ports.
  size_t first =
      values.size() == 1 && callable.in_port > 0 ? static_cast<size_t>(callable.in_port) : 0;
  for (size_t i = 0; i < values.size(); ++i) {
    const sema::PortInfo& port = callable.ports[first + i];
    ValueId value = port.takes_any ? as_text(c.builder, c.types, values[i]) : values[i];
    operands[first + i] = c.convert(value, port.type);
  }
  for (size_t i = 0; i < operands.size(); ++i)
    if (!operands[i].valid())
      operands[i] = c.lower_as(*callable.ports[i].default_value, callable.ports[i].type);
  c.builder.set_span(function.span);
  const bool node = callable.kind == sema::CallableKind::Extern;
  sema::CallInfo plain;
  plain.callee = info.callee;
  return call_op(c, plain, std::move(operands),
                 node ? add_site(c.module, c.function, {}, plain, function.span) : ir::SiteId());
}

}  // namespace pflow::lowering
