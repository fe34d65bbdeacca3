/// `map<str>` and `map<secret>` for node authors: entries of a borrowed one, and
/// building one.
///
///   for (const pflow::TextEntry& entry : pflow::Elements<pflow::TextEntry>(in->headers)) …
#pragma once

#include "pflow/json.hpp"

namespace pflow {

struct TextEntry {
  pf_str key;
  pf_str value;
};

/// Builds a map<str>; what was not taken is released.
class TextMap {
 public:
  TextMap() = default;
  TextMap(const TextMap&) = delete;
  TextMap& operator=(const TextMap&) = delete;
  ~TextMap() { pf_drop_value(&map_, &kMap); }

  /// Takes over the value, in place of an earlier one.
  void set(std::string_view name, pf_str value) {
    pf_str key = text(name);
    map_.head = static_cast<pf_list_head*>(pf_map_set(map_.head, &key, &value, &kMap));
  }
  /// The value, or null.
  [[nodiscard]] const pf_str* find(std::string_view name) const {
    pf_str key = literal(name);
    return static_cast<const pf_str*>(pf_map_find(map_.head, &key, &kMap));
  }
  [[nodiscard]] pf_list take() {
    pf_list taken = map_;
    map_ = {};
    return taken;
  }

 private:
  static constexpr pf_field kFields[] = {
      {"key", "key", &kTextType, offsetof(TextEntry, key), nullptr, nullptr},
      {"value", "value", &kTextType, offsetof(TextEntry, value), nullptr, nullptr}};
  static constexpr pf_type kEntry = {
      PF_RECORD, sizeof(TextEntry), alignof(TextEntry), 1, "KeyValue", nullptr, 2, kFields, nullptr,
      nullptr};
  static constexpr pf_type kMap = {
      PF_MAP, sizeof(pf_list), alignof(pf_list), 1,      "map<str>", &kEntry,
      0,      nullptr,         nullptr,          nullptr};
  pf_list map_{};
};

}  // namespace pflow
