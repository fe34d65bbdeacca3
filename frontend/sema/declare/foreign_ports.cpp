#include "frontend/sema/declare/foreign_ports.h"

#include "frontend/sema/types/conversions.h"
#include "frontend/sema/wording.h"

namespace pflow::sema {

namespace {

std::string help_for(const Context& ctx, ir::TypeId type) {
  if (holds_secret(ctx.types, type))
    return "the other program has the environment of this one, which may hold the key";
  if (ctx.types.is(type, ir::TypeKind::Stream))
    return fmt::format("a list crosses: `[{}]`", ctx.type_text(ctx.types.get(type).element));
  return "what crosses is data: texts, numbers, lists, maps, records and `json`";
}

void check(Context& ctx, const Callable& callable, const PortInfo& port, std::string_view what) {
  if (is_jsonable(ctx.types, port.type) && !holds_secret(ctx.types, port.type)) return;
  const std::string name = port.name.valid() ? fmt::format("the {} `{}`", what, ctx.text(port.name))
                                             : fmt::format("the {}", what);
  ctx.diagnostics.report(diag::foreign_port, port.span, name, ctx.text(callable.name))
      .label(a_type(ctx, port.type))
      .help(help_for(ctx, port.type));
}

}  // namespace

void check_foreign_ports(Context& ctx, const Callable& callable) {
  for (const PortInfo& port : callable.ports) check(ctx, callable, port, "port");
  for (const PortInfo& output : callable.outputs) check(ctx, callable, output, "output");
}

}  // namespace pflow::sema
