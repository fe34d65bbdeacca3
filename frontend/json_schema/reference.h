/// What `$ref` points to.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>

namespace pflow::json_schema {

/// A token of a JSON pointer as it is meant: `~1` is `/`, `~0` is `~`, `%41` is `A`.
[[nodiscard]] std::string unescaped(std::string_view token);

/// A name as a token of a JSON pointer.
[[nodiscard]] std::string escaped(std::string_view name);

/// What `#/…` points to in the document; null when it is not there, or elsewhere.
[[nodiscard]] const boost::json::value* target(const boost::json::value& document,
                                               std::string_view reference);

/// The member `$ref`; empty when there is none.
[[nodiscard]] std::string_view reference_of(const boost::json::object& schema);

/// The last name of a reference: `Pet` of `#/components/schemas/Pet`.
[[nodiscard]] std::string last_name(std::string_view reference);

/// Why a reference is none: `"$ref" points to "#/x", which is not there`.
[[nodiscard]] std::string broken_reference(std::string_view reference);

}  // namespace pflow::json_schema
