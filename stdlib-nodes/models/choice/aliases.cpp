#include "aliases.h"

#include <algorithm>

#include "pflow/node.hpp"

namespace pf_models {
namespace {

const pf_home_file& file_of_aliases() {
  return *pf_home_object("aliases.json", "the file of aliases",
                         "it is a JSON object of names and models: {\"fast\": \"gpt-6-luna\"}");
}

/// What the file says of the name; null when nothing, or no model.
const pf_json* entry_of(const pf_home_file& file, const std::string& name, bool& broken) {
  const pf_json* value = pf_home_member(&file, name.c_str());
  if (!value || (value->kind == PF_JSON_STR && value->text.len != 0)) return value;
  pf_home_wrong(&file, name.c_str(), "the value of `%s` is no name of a model", name.c_str());
  broken = true;
  return nullptr;
}

std::string shown(const std::vector<std::string>& way) {
  std::string all;
  for (const std::string& name : way) all += (all.empty() ? "`" : ", `") + name + "`";
  return all;
}

}  // namespace

Alias resolve_alias(std::string_view name) {
  Alias alias;
  const pf_home_file& file = file_of_aliases();
  alias.broken = file.state == PF_HOME_BROKEN;
  std::vector<std::string> way = {std::string(name)};
  while (const pf_json* next = entry_of(file, way.back(), alias.broken)) {
    way.emplace_back(pflow::view(next->text));
    if (std::ranges::count(way, way.back()) > 1) {
      alias.problem = "an alias leads back to itself in `aliases.json`: " + shown(way);
      return alias;
    }
  }
  if (way.size() > 1) alias.target = way.back();
  return alias;
}

std::vector<std::string_view> alias_names() {
  std::vector<std::string_view> names;
  const pf_home_file& file = file_of_aliases();
  for (const auto& [key, value] : pflow::Entries<pf_json>(file.object.list))
    names.push_back(pflow::view(key));
  return names;
}

}  // namespace pf_models
