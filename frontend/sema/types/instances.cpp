#include "frontend/sema/types/instances.h"

#include <algorithm>

#include "frontend/sema/types/conversions.h"
#include "frontend/sema/types/generics.h"

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

namespace {

/// Whether the node gives back what it takes by the parameter.
bool passes_on(const ir::TypeTable& types, const Callable& callable, TypeId param) {
  return std::any_of(callable.outputs.begin(), callable.outputs.end(),
                     [&](const PortInfo& output) { return mentions(types, output.type, param); });
}

/// The port from which the parameter comes.
const PortInfo& source_port(const ir::TypeTable& types, const Callable& callable, TypeId param) {
  for (const PortInfo& port : callable.ports)
    if (mentions(types, port.type, param)) return port;
  return callable.ports.front();
}

}  // namespace

bool check_instance(Context& ctx, const ast::CallExpr& call, const Callable& callable,
                    const CallInfo& info) {
  for (size_t i = 0; i < callable.type_params.size(); ++i) {
    TypeId param = callable.type_params[i];
    TypeId type = info.type_arguments[i];
    if (ctx.types.is(type, TypeKind::Error)) continue;
    const PortInfo& port = source_port(ctx.types, callable, param);
    std::string_view name = ctx.text(callable.name);
    if (holds_secret(ctx.types, type) && !passes_on(ctx.types, callable, param)) {
      ctx.diagnostics.report(diag::secret_shown, call.callee->span)
          .label(fmt::format("`{}` shows it", name))
          .secondary(port.span, "taken by this port");
      return false;
    }
    std::string bound = ctx.type_text(param);
    bool kept = !is_template_type(ctx.types, type) && !ctx.types.is(type, TypeKind::Stream) &&
                !ctx.types.is(type, TypeKind::Void);
    bool fits = bound == "Ordered"  ? is_ordered(ctx.types, type)
                : bound == "Number" ? ctx.types.has(type, tables::Number)
                                    : kept;
    if (fits) continue;
    auto report =
        ctx.diagnostics.report(diag::operand_type, call.callee->span, name, ctx.type_text(type));
    report.label("not with this type").secondary(port.span, "taken by this port");
    if (bound == "Ordered") report.note("`int`, `float`, `str` and `duration` have an order");
    if (ctx.types.is(type, TypeKind::Stream)) report.help("make a list of it: `collect(…)`");
    return false;
  }
  return true;
}

}  // namespace pflow::sema
