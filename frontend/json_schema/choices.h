/// What `oneOf` and `anyOf` say beside the properties of an object.
#pragma once

#include <boost/json.hpp>

namespace pflow::json_schema {

/// Whether one of them has properties that the object itself has not. Many only say which of its
/// own properties must be there together.
[[nodiscard]] bool choices_add_properties(const boost::json::value& document,
                                          const boost::json::object& schema);

}  // namespace pflow::json_schema
