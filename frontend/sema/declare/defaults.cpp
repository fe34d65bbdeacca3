#include "frontend/sema/declare/defaults.h"

#include "frontend/sema/exprs/expressions.h"
#include "frontend/sema/wording.h"

namespace pflow::sema {

namespace {

void check_default(Context& ctx, const ast::Expr* value, ir::TypeId type, Span declared) {
  if (value == nullptr) return;
  Env env{ctx};
  check_as(env, *value, type, {declared, a_type(ctx, type)});
}

}  // namespace

void check_defaults(Context& ctx) {
  for (size_t i = 0; i < ctx.program.callables.size(); ++i) {
    const std::vector<PortInfo> ports = ctx.program.callables[i].ports;
    for (const PortInfo& port : ports) check_default(ctx, port.default_value, port.type, port.span);
  }
  for (const auto& [record, schema] : ctx.program.schemas) {
    const std::vector<ir::Field> fields = ctx.types.get(record).fields;
    for (size_t i = 0; i < schema->fields.size() && i < fields.size(); ++i)
      check_default(ctx, schema->fields[i].default_value, fields[i].type,
                    schema->fields[i].name.span);
  }
}

}  // namespace pflow::sema
