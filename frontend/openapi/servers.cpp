#include "frontend/openapi/servers.h"

#include <fmt/format.h>

#include <algorithm>

#include "frontend/openapi/members.h"

namespace pflow::openapi {

namespace json = boost::json;

namespace {

std::string plain_url(std::string_view url) {
  while (url.ends_with('/')) url.remove_suffix(1);
  return std::string(url);
}

/// Its values to choose from, as a type; empty where there are none.
std::string choices(const json::object& variable) {
  const json::array* values = array_member(variable, "enum");
  std::vector<std::string> texts;
  for (const json::value& value : values != nullptr ? *values : json::array())
    if (value.is_string()) texts.push_back(json_schema::text_literal(value.get_string()));
  return texts.size() < 2 ? "" : fmt::format("{}", fmt::join(texts, " | "));
}

void add_choice(Signature& signature, std::string_view name, const std::string& type,
                std::string_view value, std::string_view doc) {
  json_schema::Property& port = signature.ports.emplace_back();
  port.name = signature.port_name(name.empty() ? "server" : name, "server");
  port.doc = doc;
  port.type.text = type;
  port.default_text = json_schema::text_literal(value);
  if (type.find(port.default_text) == type.npos) port.type.text += " | " + port.default_text;
  json::value& plans = signature.plan["parameters"];
  if (!plans.is_array()) plans = json::array();
  plans.get_array().push_back(json::object{{"in", "server"}, {"name", name}, {"port", port.name}});
}

}  // namespace

std::string absolute_url(std::string_view base, std::string_view reference) {
  if (reference.find("://") != reference.npos || reference.starts_with('{'))
    return plain_url(reference);
  const size_t scheme = base.find("://");
  if (scheme == base.npos) return plain_url(reference);
  if (reference.starts_with("//"))
    return plain_url(fmt::format("{}:{}", base.substr(0, scheme), reference));
  const size_t path = std::min(base.find('/', scheme + 3), base.size());
  if (reference.starts_with('/'))
    return plain_url(fmt::format("{}{}", base.substr(0, path), reference));
  std::string_view folder = base.substr(0, std::min(base.find_first_of("?#"), base.size()));
  folder = folder.substr(0, std::max(path, folder.rfind('/') + 1));
  std::string whole(folder.ends_with('/') ? folder.substr(0, folder.size() - 1) : folder);
  while (reference.starts_with("./") || reference.starts_with("../")) {
    const bool up = reference.starts_with("../");
    if (up && whole.size() > path) whole.resize(std::max(path, whole.rfind('/')));
    reference.remove_prefix(up ? 3 : 2);
  }
  if (reference == ".") reference = "";
  return plain_url(fmt::format("{}/{}", whole, reference));
}

Servers::Servers(const Document& document, std::string base, std::string_view chosen)
    : document_(document), base_(std::move(base)), chosen_(plain_url(chosen)) {}

std::vector<const json::object*> Servers::listed(const json::object& owner) const {
  std::vector<const json::object*> found;
  if (const json::array* list = array_member(owner, "servers"))
    for (const json::value& value : *list)
      if (value.is_object() && !text_member(value.get_object(), "url").empty())
        found.push_back(&value.get_object());
  return found;
}

json::object Servers::described(const std::vector<const json::object*>& servers) const {
  json::object made{{"url", ""}};
  if (!chosen_.empty()) {
    made["url"] = chosen_;
    return made;
  }
  const std::string url =
      absolute_url(base_, servers.empty() ? "/" : text_member(*servers.front(), "url"));
  if (url.find("://") != url.npos || url.starts_with('{')) made["url"] = url;
  json::object values;
  for (const json::object* server : servers)
    if (const json::object* variables = object_member(*server, "variables"))
      for (const auto& [name, variable] : *variables)
        if (variable.is_object() && !values.contains(name))
          values[name] = text_member(variable.get_object(), "default");
  if (!values.empty()) made["variables"] = std::move(values);
  return made;
}

json::object Servers::first() const { return described(listed(document_.object())); }

void Servers::add(Signature& signature) const {
  if (!chosen_.empty()) return;
  std::vector<const json::object*> own = listed(*signature.operation.object);
  if (own.empty()) own = listed(*signature.operation.item);
  if (!own.empty()) signature.plan["server"] = described(own);
  const std::vector<const json::object*> all = own.empty() ? listed(document_.object()) : own;
  std::vector<std::string> urls;
  std::string doc = "Where to:";
  for (const json::object* server : all) {
    const std::string url = absolute_url(base_, text_member(*server, "url"));
    const std::string text = json_schema::text_literal(url);
    if (url.find("://") == url.npos || std::ranges::find(urls, text) != urls.end()) continue;
    urls.push_back(text);
    const std::string_view said = text_member(*server, "description");
    doc += fmt::format("\n{}{}{}", url, said.empty() ? "" : ": ", said);
  }
  if (urls.size() > 1)
    add_choice(signature, "", fmt::format("{}", fmt::join(urls, " | ")),
               absolute_url(base_, text_member(*all.front(), "url")), doc);
  else if (!all.empty())
    if (const json::object* variables = object_member(*all.front(), "variables"))
      for (const auto& [name, variable] : *variables)
        if (variable.is_object())
          if (const std::string type = choices(variable.get_object()); !type.empty())
            add_choice(signature, name, type, text_member(variable.get_object(), "default"),
                       text_member(variable.get_object(), "description"));
}

}  // namespace pflow::openapi
