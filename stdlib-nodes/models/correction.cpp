#include "correction.h"

#include "pflow/json.hpp"

namespace pf_models {
namespace {

bool is_of_reading(std::string_view kind) { return kind == "parse" || kind == "schema"; }

/// What the model said, as the failure holds it.
std::string said(const pf_json& data) {
  const pf_str key = pflow::literal("text");
  pf_json text{};
  pf_json_field(&text, &data, &key);
  std::string found(text.kind == PF_JSON_STR ? pflow::view(text.text) : std::string_view());
  pf_drop_value(&text, &pflow::kJsonType);
  return found;
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
