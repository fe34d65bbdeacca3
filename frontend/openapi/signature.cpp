#include "frontend/openapi/signature.h"

#include <fmt/format.h>

#include <algorithm>

namespace pflow::openapi {

std::string Signature::port_name(std::string_view name, std::string_view place) {
  std::string made = json_schema::value_name(name);
  if (std::ranges::find(taken, made) != taken.end())
    made = json_schema::value_name(fmt::format("{}_{}", place, name));
  made = port_names.take(made);
  taken.push_back(made);
  return made;
}

Result<json_schema::Type> Signature::type_of(const boost::json::value* schema,
                                             const std::string& type_name) {
  if (schema == nullptr) return json_schema::Type{"json"};
  return types.of(*schema, type_name);
}

}  // namespace pflow::openapi
