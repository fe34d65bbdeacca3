#include "plan.h"

#include <unordered_map>

#include "stdlib-nodes/mcp/sent_json.h"

namespace pf_openapi {

const Plan& Plan::of(const pf_foreign& node) {
  static auto* plans = new std::unordered_map<const pf_foreign*, Plan*>;
  Plan*& plan = (*plans)[&node];
  if (plan == nullptr) plan = new Plan(node);
  return *plan;
}

Plan::Plan(const pf_foreign& node) : node_(&node) {
  api_.read(pflow::view(node.words[2]));
  operation_.read(pflow::view(node.words[3]));
}

const pf_field* Plan::port(std::string_view name) const {
  for (uint32_t i = 0; i < node_->input->count; ++i)
    if (name == node_->input->fields[i].name) return &node_->input->fields[i];
  return nullptr;
}

const void* Ports::value(std::string_view port, const pf_type** type) const {
  const pf_field* field = plan_.port(port);
  if (field == nullptr) return nullptr;
  const void* at = static_cast<const char*>(in_) + field->offset;
  *type = field->type;
  while (at != nullptr && (*type)->kind == PF_OPT) {
    at = pf_mcp::held(at, **type);
    *type = (*type)->element;
  }
  return at;
}

std::string Ports::json(std::string_view port) const {
  const pf_type* type = nullptr;
  const void* at = value(port, &type);
  std::string text;
  if (at != nullptr) pf_mcp::add_sent(text, at, *type);
  return text;
}

bool Ports::read(std::string_view port, Json* out) const {
  const std::string text = json(port);
  return !text.empty() && out->read(text);
}

bool Ports::raw(std::string_view port, std::string_view* out) const {
  const pf_type* type = nullptr;
  const void* at = value(port, &type);
  if (at == nullptr || (type->kind != PF_STR && type->kind != PF_BYTES)) return false;
  *out = pflow::view(*static_cast<const pf_str*>(at));
  return true;
}

const pf_type* Ports::type(std::string_view port) const {
  const pf_type* type = nullptr;
  return value(port, &type) != nullptr ? type : nullptr;
}

const pf_list* Ports::blobs(std::string_view port) const {
  const pf_type* type = nullptr;
  const void* at = value(port, &type);
  const bool is_blobs = at != nullptr && type->kind == PF_LIST && type->element->kind == PF_BYTES;
  return is_blobs ? static_cast<const pf_list*>(at) : nullptr;
}

}  // namespace pf_openapi
