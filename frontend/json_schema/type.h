/// What a schema became.
#pragma once

#include <string>

namespace pflow::json_schema {

/// A type; what may be null as well is not part of its text.
struct Type {
  std::string text;
  bool nullable = false;

  /// With its `?`.
  [[nodiscard]] std::string whole() const;
};

/// A property of an object.
struct Property {
  std::string name;  ///< as the schema has it
  std::string doc;   ///< as it is written there
  Type type;
  bool required = false;
  std::string default_text{};  ///< a literal of the type; empty: none is said
};

}  // namespace pflow::json_schema
