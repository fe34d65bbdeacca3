#include "tools/driver/mcp/comparison.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "stdlib-nodes/mcp/drift.h"
#include "stdlib-nodes/mcp/members.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/mcp/server_reader.h"
#include "tools/driver/mcp/server_settings.h"

namespace pflow::mcp {
namespace {

namespace json = boost::json;

struct Change {
  std::string tool, what;
};

const json::value* offered_tool(const json::array& offered, std::string_view name) {
  for (const json::value& tool : offered) {
    const json::value* own = tool.is_object() ? tool.get_object().if_contains("name") : nullptr;
    if (own != nullptr && own->is_string() && std::string_view(own->get_string()) == name)
      return &tool;
  }
  return nullptr;
}

/// As executables find it when they start a server.
std::string difference(const json::value& locked, const json::value& offered) {
  pf_mcp::Json before, after;
  before.read(json::serialize(locked));
  after.read(json::serialize(offered));
  return pf_mcp::drift(before.get(), after.get());
}

std::vector<Change> changes(const json::object& locked, const json::array& offered) {
  std::vector<Change> found;
  for (const auto& [key, tool] : locked) {
    const std::string name(key);
    const json::value* now = offered_tool(offered, name);
    std::string what = now == nullptr ? "it is gone" : difference(tool, *now);
    if (!what.empty()) found.push_back({name, std::move(what)});
  }
  return found;
}

/// What it offers beside these.
std::string further_tools(const json::object& locked, const json::array& offered) {
  std::vector<std::string> names;
  for (const json::value& tool : offered) {
    const json::value* name = tool.is_object() ? tool.get_object().if_contains("name") : nullptr;
    if (name != nullptr && name->is_string() && !locked.contains(name->get_string()))
      names.push_back(fmt::format("`{}`", std::string_view(name->get_string())));
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

json::array array_of(const json::object& said, std::string_view member) {
  const json::value* found = said.if_contains(member);
  return found != nullptr && found->is_array() ? found->get_array() : json::array();
}

}  // namespace

int compare(const MadePackage& package, const Options& options, home::Session& session) {
  Result<json::object> file = read_file(package, session.env());
  Result<json::object> server = read_settings(package, session.env());
  if (!file || !server) return session.fail(file ? server.message() : file.message());
  Result<json::object> said =
      read_server(package.name, seen_from_anywhere(*server, package), session.env());
  if (!said) return session.fail(said.message());
  const json::value* tools = file->if_contains("tools");
  const json::object locked = tools && tools->is_object() ? tools->get_object() : json::object();
  const json::array offered = array_of(*said, "tools");
  const std::vector<Change> found = changes(locked, offered);
  json::array rows;
  std::string text;
  for (const Change& change : found) {
    text += fmt::format("`{}`: {}\n", change.tool, change.what);
    json::object row;
    row["tool"] = change.tool;
    row["change"] = change.what;
    rows.push_back(std::move(row));
  }
  if (const std::string others = further_tools(locked, offered); !others.empty())
    text += fmt::format("no nodes of the package are {}\n", others);
  if (found.empty())
    text += fmt::format("all tools of the package are as they were: {}\n", locked.size());
  const int printed = session.print(options.json ? json::serialize(rows) + "\n" : text);
  return found.empty() ? printed : kExitErrors;
}

}  // namespace pflow::mcp
