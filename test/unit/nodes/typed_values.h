/// Descriptors and lists of plain types, for tests of generic nodes.
#pragma once

#include "test/unit/nodes/node_call.h"

namespace node_test {

inline constexpr pf_type kInt{.kind = PF_INT, .size = 8, .align = 8, .counted = 0, .name = "int"};
inline constexpr pf_type kFloat{
    .kind = PF_FLOAT, .size = 8, .align = 8, .counted = 0, .name = "float"};
inline constexpr pf_type kBool{
    .kind = PF_BOOL, .size = 1, .align = 1, .counted = 0, .name = "bool"};

inline pf_type list_type(const pf_type& element) {
  return {.kind = PF_LIST, .size = 8, .align = 8, .counted = 1, .name = "[]", .element = &element};
}

template <typename T>
pf_list list_of(const std::vector<T>& items, const pf_type& type) {
  std::vector<T> copy(items);
  void* head = pf_list_make(copy.data(), static_cast<int64_t>(copy.size()), &type);
  return {static_cast<pf_list_head*>(head)};
}
inline pf_list ints(const std::vector<int64_t>& items) { return list_of(items, kInt); }

inline void release(pf_list list, const pf_type& element) {
  if (list.head && --list.head->count == 0) pf_list_free(list.head, &element);
}

/// The items of a list that is released.
template <typename T>
std::vector<T> taken(pf_list list, const pf_type& element) {
  std::vector<T> copy;
  const auto* items = list.head ? reinterpret_cast<const T*>(list.head + 1) : nullptr;
  for (size_t i = 0; list.head && i < list.head->len; ++i) copy.push_back(items[i]);
  release(list, element);
  return copy;
}
inline std::vector<int64_t> taken_ints(pf_list list) { return taken<int64_t>(list, kInt); }

/// A `T?` as the runtime lays it out.
template <typename T>
struct Optional {
  T value;
  bool has;
};

}  // namespace node_test
