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

bool crosses(const Context& ctx, ir::TypeId type) {
  return is_jsonable(ctx.types, type) && !holds_secret(ctx.types, type);
}

void check(Context& ctx, const Callable& callable, const PortInfo& port, std::string_view what) {
  if (crosses(ctx, port.type)) return;
  const std::string name = port.name.valid() ? fmt::format("the {} `{}`", what, ctx.text(port.name))
                                             : fmt::format("the {}", what);
  ctx.diagnostics.report(diag::foreign_port, port.span, name, ctx.text(callable.name))
      .label(a_type(ctx, port.type))
      .help(help_for(ctx, port.type));
}

/// The only output, a stream whose items cross.
bool gives_stream(const Context& ctx, const Callable& callable) {
  if (callable.outputs.size() != 1) return false;
  const ir::TypeId type = callable.outputs[0].type;
  return ctx.types.is(type, ir::TypeKind::Stream) && crosses(ctx, ctx.types.get(type).element);
}

}  // namespace

void check_foreign_ports(Context& ctx, const Callable& callable, const ast::ForeignKind& kind) {
  for (const PortInfo& port : callable.ports) check(ctx, callable, port, "port");
  if (kind.streams && gives_stream(ctx, callable)) return;
  for (const PortInfo& output : callable.outputs) check(ctx, callable, output, "output");
}

}  // namespace pflow::sema
