/// A JSON text as a value, for comparing bodies.
#pragma once

#include <string>
#include <string_view>

#include "pflow/json.hpp"

namespace pflow::cassettes {

class JsonValue {
 public:
  /// `ok` when the text is a JSON object or list.
  explicit JsonValue(std::string_view text);
  JsonValue(const JsonValue&) = delete;
  JsonValue& operator=(const JsonValue&) = delete;
  ~JsonValue();

  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] const pf_json& get() const { return value_; }

 private:
  bool ok_ = false;
  pf_json value_{};
};

/// Compact JSON, the same for equal values: keys sorted, whole numbers without a fraction.
std::string canonical_json(const pf_json& value);

struct JsonDifference {
  size_t count = 0;  ///< places that differ
  std::string path;  ///< the first of them: `messages[0].content`; empty: the whole
  std::string left;  ///< compact JSON, empty where there is nothing
  std::string right;
};
JsonDifference json_difference(const pf_json& left, const pf_json& right);

}  // namespace pflow::cassettes
