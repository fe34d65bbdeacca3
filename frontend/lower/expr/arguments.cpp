#include "frontend/lower/expr/arguments.h"

#include "frontend/lower/expr/convert.h"
#include "frontend/lower/module/wrap_node.h"

namespace pflow::lowering {

using ir::Opcode;
using ir::TypeId;
using ir::TypeKind;
using ir::ValueId;
using sema::ArgumentSource;

ValueId argument(ExprContext& c, const sema::BoundArgument& bound) {
  switch (bound.source) {
    case ArgumentSource::Piped: return c.piped;
    case ArgumentSource::Key: {
      ValueId value = c.builder.load(c.keys.slot(bound.key));
      const bool narrowed = c.is(c.builder.type(value), TypeKind::Opt) && bound.from.valid() &&
                            !c.is(bound.from, TypeKind::Opt);
      return narrowed ? c.convert(value, c.element(c.builder.type(value))) : value;
    }
    case ArgumentSource::Expr:
    case ArgumentSource::Default: return bound.expr != nullptr ? c.lower(*bound.expr) : ValueId();
  }
}

namespace {

ValueId bound_value(ExprContext& c, const sema::BoundArgument& bound, const sema::PortInfo& port,
                    TypeId type) {
  const bool is_expr = bound.source != ArgumentSource::Piped && bound.source != ArgumentSource::Key;
  const ast::Expr* expr = bound.expr;
  if (expr == nullptr && bound.source == ArgumentSource::Default) expr = port.default_value;
  if (is_expr && expr != nullptr) {
    if (!port.takes_any) return c.lower_as(*expr, type);
    return c.convert(as_text(c.builder, c.types, c.lower(*expr)), type);
  }
  ValueId value = argument(c, bound);
  return c.convert(port.takes_any ? as_text(c.builder, c.types, value) : value, type);
}

}  // namespace

std::vector<ValueId> arguments(ExprContext& c, const sema::CallInfo& info) {
  const auto& ports = c.program.callable(info.callee).ports;
  std::vector<ValueId> values;
  for (size_t i = 0; i < ports.size(); ++i) {
    if (ports[i].is_type) continue;
    const sema::BoundArgument bound =
        i < info.arguments.size() ? info.arguments[i] : sema::BoundArgument{};
    values.push_back(bound_value(c, bound, ports[i], c.module.port_type(info, i)));
  }
  return values;
}

ValueId call_op(ExprContext& c, const sema::CallInfo& call, std::vector<ValueId> values,
                ir::SiteId site) {
  const sema::Callable& callable = c.program.callable(call.callee);
  const int output = callable.out_port >= 0 ? callable.out_port : 0;
  const bool has_value = static_cast<size_t>(output) < callable.outputs.size();
  const TypeId type =
      has_value ? c.module.output_type(call, static_cast<size_t>(output)) : TypeId();
  // The op changes a map in place that nobody else holds; the node cannot.
  if (callable.module == "lists" && c.module.text(callable.name) == "insert")
    return c.builder.make(Opcode::MapSet, std::move(values), type);
  const ir::Callee runs = callee_at(c.module, call, site, c.builder.span());
  ir::Op& op = c.builder.add(Opcode::Call, std::move(values), type);
  op.callee = runs;
  op.output = has_value ? output : -1;
  op.site = site;
  return op.result;
}

}  // namespace pflow::lowering
