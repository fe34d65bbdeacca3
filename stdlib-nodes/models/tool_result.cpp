#include "tool_result.h"

#include "pflow/json.hpp"

namespace pf_models {
namespace {

const void* value_in(const pf_frame& run, const pf_frame_slot& slot) {
  return reinterpret_cast<const char*>(&run) + slot.offset;
}

bool is_text(const pf_type& type) { return type.kind == PF_STR || type.kind == PF_UNION; }

std::string json_of(const pf_frame& run, const pf_frame_slot& slot) {
  return std::string(pflow::Text(pf_json_text(value_in(run, slot), slot.type, 0)).view());
}

std::string quoted(std::string_view name) {
  pf_json text = pflow::json(pflow::literal(name));
  return std::string(pflow::Text(pflow::json_text(text)).view());
}

}  // namespace

std::string result_text(const pf_frame& run) {
  const pf_frame_info& info = *run.info;
  if (info.result_count == 0) return "done";
  const pf_frame_slot& first = info.results[0];
  if (info.result_count == 1 && is_text(*first.type))
    return std::string(pflow::view(*static_cast<const pf_str*>(value_in(run, first))));
  if (info.result_count == 1) return json_of(run, first);
  std::string object = "{";
  for (uint32_t i = 0; i < info.result_count; ++i) {
    const pf_frame_slot& slot = info.results[i];
    object += i == 0 ? "" : ",";
    object += quoted(slot.name) + ":" + json_of(run, slot);
  }
  return object + "}";
}

bool says_no(const pf_frame& run) {
  if (run.info->result_count == 0 || run.info->results[0].type->kind != PF_BOOL) return false;
  return !*static_cast<const bool*>(value_in(run, run.info->results[0]));
}

std::optional<std::string> take_failure_text() {
  pf_error_value error{};
  if (pf_error_take(&error)) return std::nullopt;
  std::string text = std::string(pflow::view(error.kind)) + ": ";
  text += pflow::view(error.message);
  pf_str_release(error.message);
  pf_drop_value(&error.data, &pflow::kJsonType);
  return text;
}

}  // namespace pf_models
