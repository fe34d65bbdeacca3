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

std::string port_list(std::vector<Port> ports) {
  std::ranges::stable_sort(ports, std::ranges::greater(), &Port::required);
  const bool has_one = std::ranges::count(ports, true, &Port::required) == 1;
  std::string list;
  for (const Port& port : ports) {
    json_schema::Type type = port.type;
    const bool is_given = port.required || !port.default_text.empty();
    if (type.text == "json") type.nullable = false;
    type.nullable = type.nullable || !is_given;
    const std::string value = !port.default_text.empty() ? " = " + port.default_text
                              : port.required            ? ""
                                                         : " = none";
    list += fmt::format("\n{}  {}{}: {}{},", json_schema::doc_comment(port.doc, 2),
                        has_one && port.required ? "in " : "", port.name, type.whole(), value);
  }
  return list.empty() ? list : list + "\n";
}

}  // namespace pflow::openapi
