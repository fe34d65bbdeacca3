#include "tools/driver/mcp/adding.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "frontend/format/format.h"
#include "frontend/json_schema/names.h"
#include "frontend/mcp/server_text.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/mcp/interface.h"
#include "tools/driver/mcp/package.h"
#include "tools/driver/mcp/server_reader.h"
#include "tools/driver/mcp/server_settings.h"
#include "tools/driver/run/child.h"
#include "tools/driver/scratch_folder.h"

namespace pflow::mcp {
namespace {

namespace json = boost::json;
namespace fs = std::filesystem;

std::string text_of(const json::object& object, std::string_view member) {
  const json::value* found = object.if_contains(member);
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : "";
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

/// A name that programs can import.
bool is_name(const std::string& name) {
  return !name.empty() && json_schema::value_name(name) == name;
}

json::array chosen_tools(const json::object& said, const Request& request) {
  json::array chosen;
  const json::value* tools = said.if_contains("tools");
  if (tools == nullptr || !tools->is_array()) return chosen;
  for (const json::value& tool : tools->get_array()) {
    const std::string name = tool.is_object() ? text_of(tool.get_object(), "name") : "";
    if (request.only.empty() || std::ranges::find(request.only, name) != request.only.end())
      chosen.push_back(tool);
  }
  return chosen;
}

/// Writes a package and reports what was made of the tools.
class Adding {
 public:
  Adding(const Request& request, home::Session& session, Package package)
      : request_(request), session_(session), package_(std::move(package)) {}

  int run(const json::object& asked, const json::object& kept) {
    Result<json::object> said = read_server(package_.name, asked, session_.env());
    if (!said) return session_.fail(said.message());
    const json::array tools = chosen_tools(*said, request_);
    for (const std::string& name : request_.only)
      if (std::ranges::none_of(tools, [&](const json::value& tool) {
            return text_of(tool.get_object(), "name") == name;
          }))
        return session_.fail(fmt::format("the server has no tool `{}`", name));
    const json::value* info = said->if_contains("server");
    const json::object about = info && info->is_object() ? info->get_object() : json::object();
    std::string title = text_of(about, "title");
    if (title.empty()) title = text_of(about, "name");
    if (title.empty()) title = "an MCP server";
    const std::string version = text_of(about, "version");
    const Interface made =
        make_interface(package_.name, first_line(title), tools, kept.contains("url"));
    if (std::string why = write(made, kept, title, version); !why.empty())
      return session_.fail(why);
    return report(made);
  }

 private:
  /// Empty, or why it is not written.
  std::string write(const Interface& made, const json::object& kept, const std::string& title,
                    const std::string& version) {
    Result<std::string> laid_out = format::format(made.text);
    const std::string text = laid_out ? *laid_out : made.text;
    std::error_code failed;
    fs::create_directories(package_.folder, failed);
    if (failed) return fmt::format("`{}`: {}", package_.folder, failed.message());
    json::object file;
    file["server"] = kept;
    file["tools"] = made.locked;
    FileSystem& files = *session_.env().files;
    const std::pair<std::string, std::string> all[] = {
        {package_.server_path(), server_text(file)},
        {package_.interface_path(), text},
        {package_.manifest_path(),
         manifest(package_.name, fmt::format("The tools of {}", title), version)}};
    for (const auto& [path, content] : all)
      if (Result<Done> written = files.write(path, content); !written)
        return fmt::format("`{}`: {}", path, written.message());
    Result<std::string> checked = check();
    if (checked) return {};
    return fmt::format("what was made of its tools, `{}`, has an error: {}",
                       package_.interface_path(), checked.message());
  }

  /// Whether a program can import it.
  Result<std::string> check() {
    const ScratchFolder scratch("mcp");
    if (scratch.path().empty()) return Failure(std::strerror(errno));
    std::error_code none;
    const std::string path = fs::absolute(package_.interface_path(), none).string();
    const std::string program = (scratch.path() / "check.pf").string();
    Result<Done> written = session_.env().files->write(
        program, fmt::format("import {} as it\nflow main() {{ print(\"\") }}\n",
                             json_schema::text_literal(path)));
    if (!written) return Failure(written.message());
    return run::output_of({session_.env().executable, "check", program});
  }

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
  Package package_;
};

}  // namespace

int add(const Options& options, home::Session& session) {
  const Request& request = options.mcp;
  if (!is_name(request.name))
    return session.fail(fmt::format("`{}` is no name for a server; one is as `{}`", request.name,
                                    json_schema::value_name(request.name)));
  const std::string folder = packages_folder(request.user, session.env());
  if (folder.empty()) return session.fail("none of PFLOW_HOME, XDG_CONFIG_HOME and HOME is set");
  const Package package{request.name, folder + "/" + request.name};
  if (!request.target.empty())
    return Adding(request, session, package)
        .run(settings(request, {}), settings(request, package.folder));
  if (session.env().files->kind(package.server_path()) != FileKind::File)
    return session.fail(
        fmt::format("there is no server `{0}` yet: `pflowc mcp add {0} COMMAND …` or "
                    "`… URL`",
                    request.name));
  Result<json::object> known = read_settings(package, session.env());
  if (!known) return session.fail(known.message());
  return Adding(request, session, package).run(seen_from_anywhere(*known, package), *known);
}

}  // namespace pflow::mcp
