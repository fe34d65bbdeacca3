#include "tools/driver/mcp/adding.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "frontend/json_schema/json_text.h"
#include "frontend/json_schema/names.h"
#include "frontend/mcp/server_file.h"
#include "tools/driver/mcp/interface.h"
#include "tools/driver/mcp/server_reader.h"
#include "tools/driver/mcp/server_settings.h"
#include "tools/driver/packages/made_package.h"

namespace pflow::mcp {
namespace {

namespace json = boost::json;

std::string member_text(const json::object& object, std::string_view member) {
  const json::value* found = object.if_contains(member);
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : "";
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

json::array chosen_tools(const json::object& said, const Request& request) {
  json::array chosen;
  const json::value* tools = said.if_contains("tools");
  if (tools == nullptr || !tools->is_array()) return chosen;
  for (const json::value& tool : tools->get_array()) {
    const std::string name = tool.is_object() ? member_text(tool.get_object(), "name") : "";
    if (request.only.empty() || std::ranges::find(request.only, name) != request.only.end())
      chosen.push_back(tool);
  }
  return chosen;
}

/// Writes a package and reports what was made of the tools.
class Adding {
 public:
  Adding(const Request& request, home::Session& session, MadePackage package)
      : request_(request), session_(session), package_(std::move(package)) {}

  int run(const json::object& asked, const json::object& kept) {
    Result<json::object> said = read_server(package_.name, asked, session_.env());
    if (!said) return session_.fail(said.message());
    const json::array tools = chosen_tools(*said, request_);
    for (const std::string& name : request_.only)
      if (std::ranges::none_of(tools, [&](const json::value& tool) {
            return member_text(tool.get_object(), "name") == name;
          }))
        return session_.fail(fmt::format("the server has no tool `{}`", name));
    const json::value* info = said->if_contains("server");
    const json::object about = info && info->is_object() ? info->get_object() : json::object();
    std::string title = member_text(about, "title");
    if (title.empty()) title = member_text(about, "name");
    if (title.empty()) title = "an MCP server";
    const Interface made =
        make_interface(package_.name, first_line(title), tools, kept.contains("url"));
    json::object file;
    file["server"] = kept;
    file["tools"] = made.locked;
    Result<Done> written =
        write_package(package_,
                      {made.text, json_schema::json_lines(file),
                       fmt::format("The tools of {}", title), member_text(about, "version")},
                      session_.env());
    return written ? report(made) : session_.fail(written.message());
  }

 private:
  int report(const Interface& made) {
    const size_t count = made.locked.size();
    std::string text = fmt::format("{} {} in `{}`\n", count, count == 1 ? "node" : "nodes",
                                   package_.interface_path());
    for (const auto& [tool, why] : made.left_out)
      text += fmt::format("`{}` is left out: {}\n", tool, why);
    return session_.print(text);
  }

  const Request& request_;
  home::Session& session_;
  MadePackage package_;
};

}  // namespace

int add(const Options& options, home::Session& session) {
  const Request& request = options.mcp;
  if (!is_package_name(request.name))
    return session.fail(fmt::format("`{}` is no name for a server; one is as `{}`", request.name,
                                    json_schema::value_name(request.name)));
  const std::string folder = packages_folder(request.user, session.env());
  if (folder.empty()) return session.fail("none of PFLOW_HOME, XDG_CONFIG_HOME and HOME is set");
  const MadePackage package{request.name, folder + "/" + request.name, kServerFile};
  if (!request.target.empty())
    return Adding(request, session, package)
        .run(settings(request, {}), settings(request, package.folder));
  if (session.env().files->kind(package.owner_path()) != FileKind::File)
    return session.fail(
        fmt::format("there is no server `{0}` yet: `pflowc mcp add {0} COMMAND …` or "
                    "`… URL`",
                    request.name));
  Result<json::object> known = read_settings(package, session.env());
  if (!known) return session.fail(known.message());
  return Adding(request, session, package).run(seen_from_anywhere(*known, package), *known);
}

}  // namespace pflow::mcp
