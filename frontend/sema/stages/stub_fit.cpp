#include "frontend/sema/stages/stub_fit.h"

#include <algorithm>

#include "frontend/sema/calls/callee.h"
#include "frontend/sema/types/conversions.h"
#include "frontend/sema/wording.h"

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

namespace {

std::string shown(const Context& ctx, const PortInfo& port) {
  std::string type = port.takes_any  ? "display"
                     : port.is_regex ? "regex"
                                     : ctx.type_text(port.type);
  if (port.is_type) type = "type " + type;
  return port.name.valid() ? fmt::format("{}: {}", ctx.text(port.name), type) : type;
}

const PortInfo* find(const std::vector<PortInfo>& ports, Symbol name) {
  auto found = std::ranges::find(ports, name, &PortInfo::name);
  return found == ports.end() || !name.valid() ? nullptr : &*found;
}

/// Why the port of the stub gets nothing that it can take; empty when it does.
std::string unfed(Context& ctx, const Callable& target, const PortInfo& port) {
  const std::string_view name = ctx.text(port.name);
  if (const PortInfo* from = find(target.ports, port.name)) {
    if (from->is_type || is_chosen_by_calls(ctx.types, from->type))
      return fmt::format("the type of `{}` is up to each call", name);
    if (port.takes_any || converts(ctx.types, from->type, port.type)) return "";
    if (is_template_type(ctx.types, from->type) && converts(ctx.types, ctx.types.str, port.type))
      return "";  // as its text
    return fmt::format("its `{}` is {}, here {}", name, a_type(ctx, port.type),
                       a_type(ctx, from->type));
  }
  if (name == "attempt")
    return converts(ctx.types, ctx.types.int_, port.type) ? "" : "its `attempt` is no `int`";
  return port.default_value != nullptr
             ? ""
             : fmt::format("`{}` has no port `{}`", ctx.text(target.name), name);
}

/// Why the stub does not give the output; empty when it does.
std::string ungiven(Context& ctx, const PortInfo& output, const PortInfo* by) {
  const std::string name =
      output.name.valid() ? fmt::format("`{}`", ctx.text(output.name)) : "the value";
  if (by == nullptr) return fmt::format("it does not give {}", name);
  if (is_chosen_by_calls(ctx.types, output.type))
    return is_jsonable(ctx.types, by->type) ? ""
                                            : fmt::format("{} is made of text or data, it gives {}",
                                                          name, a_type(ctx, by->type));
  if (converts(ctx.types, by->type, output.type) ||
      converts(ctx.types, by->type, given_for(ctx.types, output.type)))
    return "";
  return fmt::format("{} is {}, it gives {}", name, a_type(ctx, output.type),
                     a_type(ctx, by->type));
}

}  // namespace

std::string signature(const Context& ctx, const Callable& callable) {
  std::vector<std::string> ports, outputs;
  for (const PortInfo& port : callable.ports) ports.push_back(shown(ctx, port));
  for (const PortInfo& output : callable.outputs) outputs.push_back(shown(ctx, output));
  std::string text = fmt::format("{}({})", ctx.text(callable.name), fmt::join(ports, ", "));
  if (!outputs.empty()) text += fmt::format(" -> ({})", fmt::join(outputs, ", "));
  return text;
}

bool is_chosen_by_calls(const ir::TypeTable& types, TypeId type) {
  const ir::Type& known = types.get(type);
  if (known.kind == TypeKind::Param) return true;
  if (known.element.valid() && is_chosen_by_calls(types, known.element)) return true;
  return known.kind == TypeKind::Record &&
         std::ranges::any_of(known.fields, [&](const ir::Field& field) {
           return types.is(field.type, TypeKind::Param);
         });
}

TypeId given_for(ir::TypeTable& types, TypeId output) {
  return types.is(output, TypeKind::Stream) ? types.list(types.get(output).element) : output;
}

std::string misfit(Context& ctx, const Callable& target, const Callable& by) {
  if (!by.type_params.empty()) return "it is of a type that each call chooses";
  for (const PortInfo& port : by.ports)
    if (std::string why = unfed(ctx, target, port); !why.empty()) return why;
  if (target.outputs.empty()) return "";
  if (by.outputs.size() == 1 && target.out_port >= 0)
    return ungiven(ctx, target.outputs[static_cast<size_t>(target.out_port)], &by.outputs[0]);
  for (const PortInfo& output : target.outputs)
    if (std::string why = ungiven(ctx, output, find(by.outputs, output.name)); !why.empty())
      return why;
  return "";
}

}  // namespace pflow::sema
