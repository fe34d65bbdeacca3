#include "plan.h"

#include <unordered_map>

#include "foreign.h"
#include "sent_json.h"

namespace pf_mcp {
namespace {

bool is_required(const pf_json* schema, std::string_view name) {
  for (const pf_json& each : items(member(schema, "required")))
    if (text_of(&each) == name) return true;
  return false;
}

}  // namespace

const Plan& Plan::of(const pf_foreign& node) {
  static auto* plans = new std::unordered_map<const pf_foreign*, Plan*>;
  Plan*& plan = (*plans)[&node];
  if (plan == nullptr) plan = new Plan(node);
  return *plan;
}

Plan::Plan(const pf_foreign& node) {
  tool_.read(pflow::view(tool_text(node)));
  const pf_json* names = member(&tool_.get(), "ports");
  const pf_json* schema = member(&tool_.get(), "inputSchema");
  for (uint32_t i = 0; i < node.input->count; ++i) {
    const pf_field& port = node.input->fields[i];
    const std::string_view other = text_member(names, port.name);
    const std::string name(other.empty() ? std::string_view(port.name) : other);
    arguments_.push_back({&port, name, is_required(schema, name)});
  }
}

std::string Plan::arguments(const void* in) const {
  std::string text = "{";
  for (const Argument& argument : arguments_) {
    const void* value = static_cast<const char*>(in) + argument.port->offset;
    if (!argument.is_required && is_none(value, *argument.port->type)) continue;
    if (text.size() > 1) text += ',';
    text += quoted(argument.name) + ':';
    add_sent(text, value, *argument.port->type);
  }
  return text + '}';
}

}  // namespace pf_mcp
