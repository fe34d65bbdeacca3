#include "frontend/sema/stages/each_ports.h"

#include <algorithm>
#include <array>

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

namespace {

constexpr std::array<std::string_view, 3> kEachPorts = {"results", "skipped", "errors"};

}  // namespace

EachPort find_each_port(const Context& ctx, Symbol name) {
  auto found = std::find(kEachPorts.begin(), kEachPorts.end(), ctx.text(name));
  return static_cast<EachPort>(found - kEachPorts.begin());
}

std::vector<std::string_view> each_port_names() { return {kEachPorts.begin(), kEachPorts.end()}; }

bool report_early_port(Context& ctx, const ast::Stage& each, EachPort port, Span span) {
  if (port != EachPort::Skipped && port != EachPort::Errors) return false;
  const StagePlace place = ctx.stage_places[each.id.index];
  if (place.previous == nullptr) return false;
  ctx.check_stage(*place.scope, *place.previous);
  const TypeId items = ctx.program.stage(place.previous->id).value;
  if (!items.valid() || !ctx.types.is(items, TypeKind::Stream)) return false;
  std::string_view name = kEachPorts[static_cast<size_t>(port)];
  ctx.diagnostics.report(diag::output_of_stream, span, name)
      .label("no item need have run by then")
      .secondary(place.previous->span, "gives a stream")
      .help("`>> collect()` before the `each` makes a list of it");
  return true;
}

TypeId each_port_type(Context& ctx, const ast::Stage& each, EachPort port) {
  switch (port) {
    case EachPort::Results: return ctx.program.stage(each.id).value;
    case EachPort::Skipped: return ctx.types.int_;
    case EachPort::Errors: return ctx.types.list(ctx.types.item_error_record);
    case EachPort::None: break;
  }
  return ctx.types.error;
}

}  // namespace pflow::sema
