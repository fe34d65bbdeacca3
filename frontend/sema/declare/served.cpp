#include "frontend/sema/declare/served.h"

#include <algorithm>

#include "frontend/sema/types/call_types.h"
#include "frontend/sema/types/conversions.h"
#include "frontend/sema/wording.h"

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

namespace {

/// A stream is sent item by item.
TypeId sent_type(const ir::TypeTable& types, TypeId type) {
  return types.is(type, TypeKind::Stream) ? types.get(type).element : type;
}

const PortInfo* output_without_data(const Context& ctx, const Callable& flow) {
  // Of several results none can be sent apart from the others.
  const bool alone = flow.outputs.size() == 1;
  for (const PortInfo& output : flow.outputs) {
    if (!output.type.valid()) continue;
    const TypeId type = alone ? sent_type(ctx.types, output.type) : output.type;
    if (!is_jsonable(ctx.types, type) || holds_secret(ctx.types, type)) return &output;
  }
  return nullptr;
}

bool is_data(Context& ctx, const Callable& flow) {
  const Span at = flow.decl->name.span;
  std::string takes;
  if (const PortInfo* port = port_without_data(ctx, flow, takes)) {
    ctx.diagnostics.report(diag::not_served, at, ctx.text(flow.name))
        .label(fmt::format("its parameter `{}` takes {}", ctx.text(port->name), takes))
        .note("who calls a flow over MCP or HTTP gives it JSON");
    return false;
  }
  const PortInfo* output = output_without_data(ctx, flow);
  if (output == nullptr) return true;
  ctx.diagnostics.report(diag::not_served, at, ctx.text(flow.name))
      .label(fmt::format("it gives {}", a_type(ctx, output->type)))
      .note("who calls a flow over MCP or HTTP gets JSON");
  return false;
}

}  // namespace

void choose_served(Context& ctx) {
  const std::vector<Callable>& callables = ctx.program.callables;
  for (size_t i = 0; i < callables.size(); ++i) {
    const Callable& flow = callables[i];
    if (flow.kind != CallableKind::Flow || !flow.runs.empty()) continue;
    const CallableId id(i);
    const bool offered = id == ctx.program.entry || !flow.decl->doc.empty();
    const bool own = std::ranges::find(ctx.checked.files[0]->decls, flow.decl) !=
                     ctx.checked.files[0]->decls.end();
    if (!offered || !own || flow.decl->kind != ast::DeclKind::Flow || !is_data(ctx, flow)) continue;
    ServedFlow served;
    served.call.callee = id;
    served.input = call_record(ctx, *flow.decl);
    ctx.program.served.push_back(std::move(served));
  }
}

}  // namespace pflow::sema
