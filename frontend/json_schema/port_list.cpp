#include "frontend/json_schema/port_list.h"

#include <fmt/format.h>

#include <algorithm>

#include "frontend/json_schema/names.h"

namespace pflow::json_schema {

std::vector<Property> required_first(std::vector<Property> ports) {
  std::ranges::stable_sort(ports, std::ranges::greater(), &Property::required);
  return ports;
}

std::string port_list(std::vector<Property> ports) {
  ports = required_first(std::move(ports));
  const bool has_one = std::ranges::count(ports, true, &Property::required) == 1;
  std::string list;
  for (const Property& port : ports) {
    Type type = port.type;
    const bool is_given = port.required || !port.default_text.empty();
    if (type.text == "json") type.nullable = false;
    type.nullable = type.nullable || !is_given;
    const std::string value = !port.default_text.empty() ? " = " + port.default_text
                              : port.required            ? ""
                                                         : " = none";
    list += fmt::format("\n{}  {}{}: {}{},", doc_comment(port.doc, 2),
                        has_one && port.required ? "in " : "", port.name, type.whole(), value);
  }
  return list.empty() ? list : list + "\n";
}

}  // namespace pflow::json_schema
