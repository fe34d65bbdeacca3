/// Calling nodes from tests: values in, values and failures out as C++ strings.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "pflow/abi.h"

namespace node_test {

/// A literal text: no owner.
inline pf_str text(std::string_view view) { return {view.data(), view.size(), nullptr}; }
/// A text with a buffer of its own, for checks of what is shared.
inline pf_str owned(std::string_view view) { return pf_str_copy(view.data(), view.size()); }

inline std::string string(const pf_str& value) {
  return value.len == 0 ? std::string() : std::string(value.data, value.len);
}

/// The text of a value that is released.
inline std::string taken(pf_str value) {
  std::string copy = string(value);
  pf_str_release(value);
  return copy;
}

inline constexpr pf_type kStr{PF_STR, sizeof(pf_str), alignof(pf_str), 1, "str"};

inline pf_list list(const std::vector<std::string_view>& items) {
  std::vector<pf_str> made;
  for (std::string_view item : items) made.push_back(owned(item));
  void* head = pf_list_make(made.data(), static_cast<int64_t>(made.size()), &kStr);
  return {static_cast<pf_list_head*>(head)};
}

inline std::vector<std::string> taken(pf_list value) {
  std::vector<std::string> copy;
  if (!value.head) return copy;
  const auto* items = reinterpret_cast<const pf_str*>(value.head + 1);
  for (size_t i = 0; i < value.head->len; ++i) copy.push_back(string(items[i]));
  if (--value.head->count == 0) pf_list_free(value.head, &kStr);
  return copy;
}

/// What a failed call says: `io: cannot read …`.
inline std::string failure(pf_call& call) {
  pf_raise_call(&call);
  pf_error_value error{};
  pf_error_take(&error);
  std::string said = string(error.kind) + ": " + string(error.message);
  pf_str_release(error.message);
  return said;
}

/// One run of a node: `NodeRun<upper_in, upper_out> run(pfn_text_upper, {text("a")})`.
template <typename In, typename Out>
struct NodeRun {
  template <typename Node>
  NodeRun(Node node, In in) : status(node(&call, &in, &out)) {}
  std::string failure() {
    EXPECT_EQ(status, PF_FAILED);
    return status == PF_FAILED ? node_test::failure(call) : "";
  }
  pf_call call{};
  Out out{};
  pf_status status;
};

}  // namespace node_test
