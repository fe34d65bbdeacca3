#include "runtime/src/serve/results.h"

#include "pflow/node.hpp"

namespace pflow::serve {
namespace {

const void* value_in(const pf_frame& run, const pf_frame_slot& slot) {
  return reinterpret_cast<const char*>(&run) + slot.offset;
}

}  // namespace

std::string json_of(const void* value, const pf_type* type) {
  return std::string(Text(pf_json_text(value, type, 0)).view());
}

std::string result_json(const pf_frame& run) {
  const pf_frame_info& info = *run.info;
  if (info.result_count == 0) return "null";
  if (info.result_count == 1) return json_of(value_in(run, info.results[0]), info.results[0].type);
  std::string object = "{";
  for (uint32_t i = 0; i < info.result_count; ++i) {
    const pf_frame_slot& slot = info.results[i];
    // Names of results are words of the language, which need no escapes.
    object += std::string(i == 0 ? "\"" : ",\"") + slot.name + "\":";
    object += json_of(value_in(run, slot), slot.type);
  }
  return object + "}";
}

const pf_str* result_text(const pf_frame& run) {
  const pf_frame_info& info = *run.info;
  if (info.result_count != 1) return nullptr;
  const uint32_t kind = info.results[0].type->kind;
  if (kind != PF_STR && kind != PF_UNION && kind != PF_PATH) return nullptr;
  return static_cast<const pf_str*>(value_in(run, info.results[0]));
}

std::string wrapped_result(std::string_view json) {
  std::string object = "{\"result\":";
  object += json;
  return object + "}";
}

}  // namespace pflow::serve
