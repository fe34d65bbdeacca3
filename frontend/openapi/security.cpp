#include "frontend/openapi/security.h"

#include <fmt/format.h>

#include "frontend/openapi/members.h"

namespace pflow::openapi {

namespace json = boost::json;

namespace {

/// How the key of a scheme is sent; an empty object: no key can meet it.
json::object how(const json::object& scheme) {
  const std::string_view type = text_member(scheme, "type");
  if (type == "apiKey") {
    const std::string_view in = text_member(scheme, "in"), name = text_member(scheme, "name");
    if (name.empty() || (in != "header" && in != "query" && in != "cookie")) return {};
    return {{"in", in}, {"name", name}};
  }
  if (type == "oauth2" || type == "openIdConnect") return {{"in", "bearer"}};
  std::string said(text_member(scheme, "scheme"));
  for (char& c : said)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  if (type != "http" || (said != "bearer" && said != "basic")) return {};
  return {{"in", said}};
}

}  // namespace

Security::Security(const Document& document, std::map<std::string, std::string> keys,
                   std::string otherwise)
    : document_(document), keys_(std::move(keys)), otherwise_(std::move(otherwise)) {
  const json::object* components = object_member(document.object(), "components");
  schemes_ = components != nullptr ? object_member(*components, "securitySchemes") : nullptr;
}

std::string Security::key_of(const std::string& name) const {
  if (auto said = keys_.find(name); said != keys_.end()) return said->second;
  if (auto said = keys_.find(""); said != keys_.end()) return said->second;
  return schemes_->size() == 1 ? otherwise_
                               : fmt::format("{}_{}", otherwise_, json_schema::node_name(name));
}

bool Security::use(const std::string& name) {
  if (used_.contains(name)) return true;
  const json::value* found = schemes_ != nullptr ? schemes_->if_contains(name) : nullptr;
  std::string problem;
  const json::object* scheme = found != nullptr ? document_.resolved(*found, problem) : nullptr;
  json::object made = scheme != nullptr ? how(*scheme) : json::object();
  if (made.empty()) return false;
  made["key"] = key_of(name);
  used_[name] = std::move(made);
  return true;
}

std::string Security::add(Signature& signature) {
  const json::array* wanted = array_member(*signature.operation.object, "security");
  if (wanted == nullptr) wanted = array_member(document_.object(), "security");
  if (wanted == nullptr || wanted->empty()) return {};
  json::array ways;
  std::string unmet;
  for (const json::value& value : *wanted) {
    if (!value.is_object()) continue;
    json::array names;
    bool met = true;
    for (const auto& [name, scopes] : value.get_object()) {
      if (!use(name)) {
        met = false;
        unmet = name;
      }
      names.emplace_back(name);
    }
    if (met) ways.emplace_back(std::move(names));
  }
  if (ways.empty()) return fmt::format("it needs `{}`, which no key meets", unmet);
  signature.plan["security"] = std::move(ways);
  return {};
}

}  // namespace pflow::openapi
