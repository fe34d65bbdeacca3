/// Members of JSON values, for those who read what servers send.
#pragma once

#include <string>
#include <string_view>

#include "pflow/json.hpp"

namespace pf_mcp {

using Member = pflow::Entry<pf_json>;

/// The members of an object; none of anything else.
inline pflow::Elements<Member> members(const pf_json* value) {
  static constexpr pf_list kNone{};
  const bool is_object = value != nullptr && value->kind == PF_JSON_OBJECT;
  return pflow::Elements<Member>(is_object ? value->list : kNone);
}

/// The items of an array; none of anything else.
inline pflow::Elements<pf_json> items(const pf_json* value) {
  static constexpr pf_list kNone{};
  const bool is_array = value != nullptr && value->kind == PF_JSON_ARRAY;
  return pflow::Elements<pf_json>(is_array ? value->list : kNone);
}

/// A member of an object; null when there is none.
inline const pf_json* member(const pf_json* value, std::string_view name) {
  for (const Member& each : members(value))
    if (pflow::view(each.key) == name) return &each.value;
  return nullptr;
}

/// A text; empty when the value is none.
inline std::string_view text_of(const pf_json* value) {
  return value != nullptr && value->kind == PF_JSON_STR ? pflow::view(value->text)
                                                        : std::string_view();
}
inline std::string_view text_member(const pf_json* value, std::string_view name) {
  return text_of(member(value, name));
}

/// Whether the member is there and true.
inline bool is_true(const pf_json* value, std::string_view name) {
  const pf_json* found = member(value, name);
  return found != nullptr && found->kind == PF_JSON_BOOL && found->boolean;
}

/// As compact JSON.
inline std::string json_of(const pf_json& value) {
  const pflow::Text text(pflow::json_text(value));
  return std::string(text.view());
}

/// A text as a JSON string.
inline std::string quoted(std::string_view text) {
  const pf_str value = pflow::literal(text);
  const pflow::Text made(pf_json_text(&value, &pflow::kTextType, 0));
  return std::string(made.view());
}

/// Owns a JSON value.
class Json {
 public:
  Json() = default;
  Json(const Json&) = delete;
  Json& operator=(const Json&) = delete;
  Json(Json&& other) noexcept : value_(other.value_) { other.value_ = {}; }
  Json& operator=(Json&& other) noexcept {
    std::swap(value_, other.value_);
    return *this;
  }
  ~Json() { pf_drop_value(&value_, &pflow::kJsonType); }

  /// False when the text is no JSON.
  bool read(std::string_view text) {
    pf_drop_value(&value_, &pflow::kJsonType);
    value_ = {};
    if (pf_utf8_valid_prefix(text.data(), text.size()) != text.size()) return false;
    const pf_str bytes = pflow::literal(text);
    pf_json_problem problem;
    if (pf_json_decode(&bytes, &pflow::kJsonType, &value_, &problem)) return true;
    pf_str_release(problem.message);
    return false;
  }
  /// A copy of a value that stays its owner's.
  void share(const pf_json& value) {
    pf_json copy = value;
    pf_retain_value(&copy, &pflow::kJsonType);
    pf_drop_value(&value_, &pflow::kJsonType);
    value_ = copy;
  }
  [[nodiscard]] const pf_json& get() const { return value_; }
  [[nodiscard]] pf_json take() {
    pf_json taken = value_;
    value_ = {};
    return taken;
  }

 private:
  pf_json value_{};
};

}  // namespace pf_mcp
