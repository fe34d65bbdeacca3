/// Texts of the language: literals and declarations.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/json_schema/type.h"

namespace pflow::json_schema {

/// `"a" | "b"`; `json` where they are not all texts, which it may hold beside null.
[[nodiscard]] Type literal_union(const boost::json::array& values);

/// The value as a literal of the type; empty where there is none.
[[nodiscard]] std::string literal(const boost::json::value& value, const Type& type);

/// `schema NAME as "TAG" { … }`
[[nodiscard]] std::string record_text(std::string_view name, std::string_view doc,
                                      const std::vector<Property>& properties,
                                      std::string_view tag);

}  // namespace pflow::json_schema
