#include "frontend/mcp/server_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "frontend/json_schema/json_text.h"

namespace pflow::mcp {
namespace {

namespace json = boost::json;

bool is_texts(const json::value* value) {
  if (value == nullptr) return true;
  const json::array* items = value->if_array();
  return items != nullptr &&
         std::ranges::all_of(*items, [](const json::value& item) { return item.is_string(); });
}

/// A text, `{"key": NAME}` of keys.json, or `{"env": NAME}` of the program's variables.
bool is_setting(const json::value& value) {
  if (value.is_string()) return true;
  const json::object* from = value.if_object();
  return from != nullptr && from->size() == 1 && from->begin()->value().is_string() &&
         (from->begin()->key() == "key" || from->begin()->key() == "env");
}

/// What is wrong with a member that holds settings by name; empty when nothing is.
std::string check_settings(const json::object& server, std::string_view member) {
  const json::value* found = server.if_contains(member);
  if (found == nullptr) return {};
  const json::object* settings = found->if_object();
  if (settings == nullptr) return fmt::format("its `{}` is no object", member);
  for (const auto& [name, value] : *settings)
    if (!is_setting(value))
      return fmt::format(R"(`{}` of its `{}` is no text, no {{"key": …}} and no {{"env": …}})",
                         std::string_view(name), member);
  return {};
}

constexpr std::string_view kMembers[] = {"command", "args", "env", "url", "headers", "key"};

std::string check_server(const json::object& server) {
  for (const auto& [name, value] : server)
    if (std::ranges::find(kMembers, std::string_view(name)) == std::end(kMembers))
      return fmt::format("its `server` has a member `{}`; what it may have is `{}`",
                         std::string_view(name), fmt::join(kMembers, "`, `"));
  for (std::string_view name : {"command", "url", "key"})
    if (const json::value* text = server.if_contains(name))
      if (!text->is_string() || text->get_string().empty())
        return fmt::format("its `{}` is no text", name);
  if (server.contains("command") == server.contains("url"))
    return "its `server` is to have a `command` or a `url`";
  if (!is_texts(server.if_contains("args"))) return "its `args` are no list of texts";
  const std::string wrong = check_settings(server, "env");
  return wrong.empty() ? check_settings(server, "headers") : wrong;
}

}  // namespace

const std::string* ServerFile::tool(std::string_view name) const {
  auto found =
      std::ranges::find(tools, name, [](const auto& tool) { return std::string_view(tool.first); });
  return found == tools.end() ? nullptr : &found->second;
}

Result<ServerFile> read_server_file(std::string_view text) {
  Result<json::value> whole = json_schema::read_json(text);
  if (!whole) return Failure(whole.message());
  const json::object* file = whole->if_object();
  const json::value* server = file ? file->if_contains("server") : nullptr;
  if (server == nullptr || !server->is_object())
    return Failure(R"(it is no object with a member `"server": { … }`)");
  if (std::string wrong = check_server(server->get_object()); !wrong.empty())
    return Failure(std::move(wrong));
  ServerFile made;
  made.is_remote = server->get_object().contains("url");
  made.server = json::serialize(*server);
  const json::value* tools = file->if_contains("tools");
  if (tools == nullptr) return made;
  if (!tools->is_object()) return Failure("its `tools` are no object");
  for (const auto& [name, tool] : tools->get_object()) {
    if (!tool.is_object())
      return Failure(fmt::format("its tool `{}` is no object", std::string_view(name)));
    made.tools.emplace_back(name, json::serialize(tool));
  }
  return made;
}

}  // namespace pflow::mcp
