/// Types and values by hand, as generated code would lay them out.
#pragma once

#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "pflow/abi.h"

namespace values {

inline constexpr pf_type kStr = {PF_STR, 24, 8, 1, "str", nullptr, 0, nullptr, nullptr};
inline constexpr pf_type kPath = {PF_PATH, 24, 8, 1, "path", nullptr, 0, nullptr, nullptr};
inline constexpr pf_type kSecret = {PF_SECRET, 24, 8, 1, "secret", nullptr, 0, nullptr, nullptr};
inline constexpr pf_type kBytes = {PF_BYTES, 24, 8, 1, "bytes", nullptr, 0, nullptr, nullptr};
inline constexpr pf_type kInt = {PF_INT, 8, 8, 0, "int", nullptr, 0, nullptr, nullptr};
inline constexpr pf_type kFloat = {PF_FLOAT, 8, 8, 0, "float", nullptr, 0, nullptr, nullptr};
inline constexpr pf_type kBool = {PF_BOOL, 1, 1, 0, "bool", nullptr, 0, nullptr, nullptr};
inline constexpr pf_type kDuration = {PF_DURATION, 8, 8,       0,      "duration",
                                      nullptr,     0, nullptr, nullptr};
inline constexpr pf_type kInts = {PF_LIST, 8, 8, 1, "[int]", &kInt, 0, nullptr, nullptr};
inline constexpr pf_type kTexts = {PF_LIST, 8, 8, 1, "[str]", &kStr, 0, nullptr, nullptr};
inline constexpr pf_type kOptInt = {PF_OPT, 16, 8, 0, "int?", &kInt, 0, nullptr, nullptr};
inline constexpr pf_type kOptStr = {PF_OPT, 32, 8, 1, "str?", &kStr, 0, nullptr, nullptr};
inline constexpr pf_str kLevels[] = {{"low", 3, nullptr}, {"mid", 3, nullptr}};
inline constexpr pf_type kLevel = {PF_UNION, 24, 8,       1,      "\"low\" | \"mid\"",
                                   nullptr,  2,  nullptr, kLevels};

struct OptInt {
  int64_t value;
  bool has;
};
struct OptStr {
  pf_str value;
  bool has;
};

/// A record `Entry { name: str as "class", size: int?, tags: [str] }`.
struct Entry {
  pf_str name;
  OptInt size;
  pf_list tags;
};
inline constexpr pf_field kEntryFields[] = {
    {"name", "class", &kStr, 0}, {"size", "size", &kOptInt, 24}, {"tags", "tags", &kTexts, 40}};
inline constexpr pf_type kEntry = {PF_RECORD, 48, 8, 1, "Entry", nullptr, 3, kEntryFields, nullptr};

/// A text without owner, like a literal.
inline pf_str lit(std::string_view text) { return {text.data(), text.size(), nullptr}; }
/// A text with an owner.
inline pf_str owned(std::string_view text) { return pf_str_copy(text.data(), text.size()); }
inline std::string_view view(const pf_str& text) { return {text.data ? text.data : "", text.len}; }

/// The text, and releases it.
inline std::string take(pf_str text) {
  std::string copy(view(text));
  pf_str_release(text);
  return copy;
}

inline pf_list texts(const std::vector<std::string_view>& elements) {
  pf_list list{};
  for (std::string_view element : elements) {
    pf_str text = owned(element);
    list.head = static_cast<pf_list_head*>(pf_list_push(list.head, &text, &kStr));
  }
  return list;
}

inline pf_list ints(const std::vector<int64_t>& elements) {
  return {static_cast<pf_list_head*>(
      pf_list_make(elements.data(), static_cast<int64_t>(elements.size()), &kInt))};
}

/// The elements; nothing for the empty list.
template <typename Element>
std::vector<Element> elements_of(const pf_list_head* head) {
  if (!head) return {};
  const auto* data = reinterpret_cast<const Element*>(head + 1);
  return {data, data + head->len};
}

inline std::vector<int64_t> to_ints(const pf_list_head* head) { return elements_of<int64_t>(head); }

inline void drop(pf_list list, const pf_type& type) { pf_drop_value(&list, &type); }

/// The pending failure as `kind: message`, which is then no longer pending.
std::string take_failure();
/// Its help row, asked for before it is taken.
std::string failure_help();

inline const pf_site kSite = {"id", "read_file", "flow.pf", "read_file(p) >> upper()", 7, 1,
                              12,   0,           nullptr};

}  // namespace values
