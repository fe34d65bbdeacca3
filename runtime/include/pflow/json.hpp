/// Building JSON values, for node authors: pf_fail_data, ports of type `json`.
///
///   pflow::JsonObject data;
///   data.add("exit_code", pflow::json(3));
///   data.add("stderr", pflow::json(pflow::text("no such file")));
///   pf_fail_data(call, data.take());
#pragma once

#include "pflow/node.hpp"

namespace pflow {

inline pf_json json(int64_t integer) {
  pf_json value{};
  value.kind = PF_JSON_INT;
  value.integer = integer;
  return value;
}

/// Takes over the reference.
inline pf_json json(pf_str owned) {
  pf_json value{};
  value.kind = PF_JSON_STR;
  value.text = owned;
  return value;
}

inline constexpr pf_type kTextType = {
    PF_STR, sizeof(pf_str), alignof(pf_str), 1, "str", nullptr, 0, nullptr, nullptr, nullptr};
inline constexpr pf_type kJsonType = {
    PF_JSON, sizeof(pf_json), alignof(pf_json), 1, "json", nullptr, 0, nullptr, nullptr, nullptr};

/// A value as compact JSON.
inline pf_str json_text(const pf_json& value) { return pf_json_text(&value, &kJsonType, 0); }

/// Builds an object; what was not taken is released.
class JsonObject {
 public:
  JsonObject() = default;
  JsonObject(const JsonObject&) = delete;
  JsonObject& operator=(const JsonObject&) = delete;
  ~JsonObject() {
    if (list_.head) pf_list_free(list_.head, &kEntry);
  }

  /// Takes over the value; the name, a literal, is not yet in the object.
  void add(std::string_view name, pf_json value) { add(literal(name), value); }
  /// Takes over both; the name is not yet in the object.
  void add(pf_str name, pf_json value) {
    Entry entry{name, value};
    list_.head = static_cast<pf_list_head*>(pf_list_push(list_.head, &entry, &kEntry));
  }
  [[nodiscard]] pf_json take() {
    pf_json value{};
    value.kind = PF_JSON_OBJECT;
    value.list = list_;
    list_ = {};
    return value;
  }

 private:
  struct Entry {
    pf_str key;
    pf_json value;
  };
  static constexpr pf_field kFields[] = {
      {"key", "key", &kTextType, offsetof(Entry, key), nullptr, nullptr},
      {"value", "value", &kJsonType, offsetof(Entry, value), nullptr, nullptr}};
  static constexpr pf_type kEntry = {
      PF_RECORD, sizeof(Entry), alignof(Entry), 1,      "KeyValue", nullptr,
      2,         kFields,       nullptr,        nullptr};
  pf_list list_{};
};

}  // namespace pflow
