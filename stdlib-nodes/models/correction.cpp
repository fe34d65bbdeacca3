#include "correction.h"

#include "pflow/json.hpp"

namespace pf_models {
namespace {

bool is_of_reading(std::string_view kind) { return kind == "parse" || kind == "schema"; }

/// What the model said, as the failure holds it.
std::string said(const pf_json& data) {
  if (data.kind != PF_JSON_OBJECT) return "";
  for (const auto& [key, value] : pflow::Entries<pf_json>(data.list))
    if (pflow::view(key) == "text" && value.kind == PF_JSON_STR)
      return std::string(pflow::view(value.text));
  return "";
}

}  // namespace

std::vector<Message> correction(const pf_call* call) {
  pf_error_value before{};
  if (!pf_failed_before(call, &before) || !is_of_reading(pflow::view(before.kind))) return {};
  std::string text = said(before.data);
  if (text.empty()) return {};
  std::string wrong = "That answer could not be read: ";
  wrong += pflow::view(before.message);
  wrong += "\nAnswer again with all of it, and nothing but the JSON that was asked for.";
  return {{.role = Role::Assistant, .text = std::move(text)}, {.text = std::move(wrong)}};
}

}  // namespace pf_models
