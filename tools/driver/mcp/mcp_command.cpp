// pflowc mcp: servers of MCP as packages.
#include <fmt/format.h>

#include <boost/json.hpp>

#include "frontend/mcp/server_file.h"
#include "tools/driver/commands/commands.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/home/session.h"
#include "tools/driver/mcp/adding.h"
#include "tools/driver/mcp/comparison.h"
#include "tools/driver/mcp/option_rows.h"
#include "tools/driver/mcp/server_settings.h"
#include "tools/driver/packages/made_package.h"

namespace pflow::mcp {
namespace {

namespace json = boost::json;

std::vector<OptionRows> rows() { return {kOptions, kJsonOption, kCommonOptions}; }

size_t tool_count(const json::object& file) {
  const json::value* tools = file.if_contains("tools");
  return tools != nullptr && tools->is_object() ? tools->get_object().size() : 0;
}

int list(const Options& options, home::Session& session) {
  json::array rows;
  std::string text;
  int code = kExitDone;
  for (const MadePackage& package : made_packages(kServerFile, session.env())) {
    Result<json::object> file = read_file(package, session.env());
    Result<json::object> server = read_settings(package, session.env());
    if (!file || !server) {
      code = session.fail(file ? server.message() : file.message());
      continue;
    }
    const size_t count = tool_count(*file);
    text += fmt::format("{:<16} {:>3} {:<5}  {}\n", package.name, count,
                        count == 1 ? "tool" : "tools", reach(*server));
    json::object row;
    row["name"] = package.name;
    row["folder"] = package.folder;
    row["tools"] = count;
    row["server"] = *server;
    rows.push_back(std::move(row));
  }
  if (text.empty() && code == kExitDone)
    text = "no servers are added: `pflowc mcp add NAME COMMAND …`\n";
  const int printed = session.print(options.json ? json::serialize(rows) + "\n" : text);
  return code == kExitDone ? printed : code;
}

/// Null after a failure was noted.
const MadePackage* find(const std::string& name, const std::vector<MadePackage>& all,
                        home::Session& session) {
  std::vector<std::string_view> names;
  for (const MadePackage& package : all) {
    if (package.name == name) return &package;
    names.push_back(package.name);
  }
  session.fail_missing("server", name, names);
  return nullptr;
}

int show(const MadePackage& package, const Options& options, home::Session& session) {
  Result<json::object> file = read_file(package, session.env());
  if (!file) return session.fail(file.message());
  if (options.json) return session.print(json::serialize(*file) + "\n");
  Result<std::string> text = session.env().files->read(package.interface_path());
  if (!text) return session.fail(fmt::format("`{}`: {}", package.interface_path(), text.message()));
  Result<json::object> server = read_settings(package, session.env());
  if (!server) return session.fail(server.message());
  return session.print(fmt::format("# {}: {}\n{}", package.folder, reach(*server), *text));
}

int remove(const MadePackage& package, home::Session& session) {
  Result<Done> removed = remove_package(package);
  return removed ? kExitDone : session.fail(removed.message());
}

int run(const Options& given, home::Session& session) {
  Options options = given;
  Request& request = options.mcp;
  request.action = options.words.empty() ? "list" : options.word(0);
  request.name = options.word(1);
  request.target = options.passed_on;
  const bool is_list = request.action == "list";
  const bool takes_target = request.action == "add";
  const bool known = is_list || takes_target || request.action == "show" ||
                     request.action == "test" || request.action == "remove";
  if (!known || request.name.empty() != is_list || (!takes_target && !request.target.empty()))
    return session.fail_usage("mcp",
                              "`add NAME COMMAND …`, `add NAME URL`, `add NAME`, `list`, "
                              "`show NAME`, `test NAME` or `remove NAME`",
                              fmt::format("{}", fmt::join(given.own, " ")));
  if (is_list) return list(options, session);
  if (takes_target) return add(options, session);
  const std::vector<MadePackage> all = made_packages(kServerFile, session.env());
  const MadePackage* package = find(request.name, all, session);
  if (package == nullptr) return kExitErrors;
  if (request.action == "show") return show(*package, options, session);
  if (request.action == "remove") return remove(*package, session);
  return compare(*package, options, session);
}

}  // namespace
}  // namespace pflow::mcp

namespace pflow {

constexpr Command kMcpCommand = {"mcp",
                                 "tools of MCP servers as nodes",
                                 "[list] [--json]\n"
                                 "add [OPTIONS] NAME COMMAND [ARGS]\n"
                                 "add [OPTIONS] NAME URL\n"
                                 "add NAME\n"
                                 "show NAME [--json]\n"
                                 "test NAME\n"
                                 "remove NAME",
                                 "add files npx -y @modelcontextprotocol/server-filesystem /data",
                                 mcp::rows,
                                 home::with_session<mcp::run>,
                                 2};

}  // namespace pflow
