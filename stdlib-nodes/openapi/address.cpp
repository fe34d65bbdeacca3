#include "address.h"

#include <stdlib.h>

#include "stdlib-nodes/mcp/keys.h"
#include "styles.h"

namespace pf_openapi {
namespace {

/// The value of a port that chooses a server, or a variable of its address.
std::string chosen(const Plan& plan, const Ports& ports, std::string_view name) {
  for (const pf_json& entry : items(member(&plan.operation(), "parameters"))) {
    if (text_member(&entry, "in") != "server" || text_member(&entry, "name") != name) continue;
    if (Json value; ports.read(text_member(&entry, "port"), &value))
      return std::string(text_of(&value.get()));
  }
  return {};
}

/// What the file says of where the operation is.
const pf_json& server_of(const Plan& plan) {
  const pf_json* own = member(&plan.operation(), "server");
  return own != nullptr ? *own : plan.api();
}

std::string variable(const Plan& plan, const Ports& ports, const std::string& name) {
  std::string value = chosen(plan, ports, name);
  if (!value.empty()) return value;
  const pf_json* values = member(&server_of(plan), "variables");
  return std::string(text_member(values, name));
}

std::string server_url(const Plan& plan, const Ports& ports) {
  if (const char* said = getenv(server_variable(plan).c_str()); said != nullptr && *said != '\0')
    return said;
  std::string url = chosen(plan, ports, "");
  if (url.empty()) url = text_member(&server_of(plan), "url");
  std::string made;
  for (size_t at = 0; at < url.size();) {
    const size_t open = url.find('{', at), close = url.find('}', open);
    if (open == std::string::npos || close == std::string::npos) {
      made += url.substr(at);
      break;
    }
    made += url.substr(at, open - at);
    made += variable(plan, ports, url.substr(open + 1, close - open - 1));
    at = close + 1;
  }
  return made;
}

/// What would lead to another path than the operation's.
bool leads_elsewhere(std::string_view text) { return text.empty() || text == "." || text == ".."; }

std::string path(const Plan& plan, const Ports& ports, std::string* problem) {
  std::string made(text_member(&plan.operation(), "path"));
  for (const pf_json& entry : items(member(&plan.operation(), "parameters"))) {
    if (text_member(&entry, "in") != "path") continue;
    const std::string_view port = text_member(&entry, "port");
    Json value;
    const bool is_there = ports.read(port, &value);
    const std::string text =
        is_there ? path_text(style_of(entry, "simple"), value.get()) : std::string();
    if (leads_elsewhere(text))
      *problem = "`" + std::string(port) + "` is `" + text +
                 "`, which would be another address than that of the operation";
    const std::string name = '{' + std::string(text_member(&entry, "name")) + '}';
    for (size_t at = made.find(name); at != std::string::npos; at = made.find(name, at)) {
      made.replace(at, name.size(), text);
      at += text.size();
    }
  }
  return made;
}

}  // namespace

std::string server_variable(const Plan& plan) {
  return pf_mcp::as_variable(plan.name()) + "_SERVER";
}

pf_mcp::Problem check_server(const Plan& plan) {
  const char* said = getenv(server_variable(plan).c_str());
  const std::string url =
      said != nullptr && *said != '\0' ? said : std::string(text_member(&server_of(plan), "url"));
  if (!url.empty() && (url.find("://") != std::string::npos || url.front() == '{')) return {};
  const std::string name(plan.name());
  return {"where the API `" + name + "` is, is not known",
          "`pflowc openapi add --server URL " + name + "` says it, and so does the variable " +
              server_variable(plan)};
}

std::string address(const Plan& plan, const Ports& ports, std::string* problem) {
  std::string url = server_url(plan, ports);
  while (!url.empty() && url.back() == '/') url.pop_back();
  url += path(plan, ports, problem);
  std::string query;
  for (const pf_json& entry : items(member(&plan.operation(), "parameters")))
    if (Json value;
        text_member(&entry, "in") == "query" && ports.read(text_member(&entry, "port"), &value))
      add_to_query(query, style_of(entry, "form"), value.get());
  if (!query.empty()) url += (url.find('?') == std::string::npos ? '?' : '&') + query;
  return url;
}

}  // namespace pf_openapi
