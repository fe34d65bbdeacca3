#include "tools/driver/openapi/adding.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>

#include "frontend/json_schema/json_text.h"
#include "frontend/json_schema/names.h"
#include "frontend/openapi/api_file.h"
#include "frontend/openapi/interface.h"
#include "frontend/openapi/members.h"
#include "frontend/sema/calls/builtins.h"
#include "support/diagnostics.h"
#include "tools/driver/openapi/source.h"
#include "tools/driver/packages/made_package.h"

namespace pflow::openapi {
namespace {

namespace json = boost::json;
namespace fs = std::filesystem;

/// More of those that were left out are in the file alone.
constexpr size_t kMostShown = 20;

bool is_builtin(std::string_view name) { return sema::find_builtin(name) != nullptr; }

/// A file as it is found from the folder of the package.
std::string kept_source(const std::string& source, const MadePackage& package) {
  if (is_address(source) || source.starts_with('/')) return source;
  std::error_code none;
  return fs::absolute(source, none)
      .lexically_normal()
      .lexically_relative(fs::absolute(package.folder, none).lexically_normal())
      .string();
}

std::string found_source(const std::string& kept, const MadePackage& package) {
  if (is_address(kept) || kept.starts_with('/')) return kept;
  return (fs::path(package.folder) / kept).lexically_normal().string();
}

/// The keys of its security schemes, which may have been edited.
void remember_keys(Request& request, const json::object& file) {
  const json::object* api = object_member(file, "api");
  const json::object* schemes = api != nullptr ? object_member(*api, "security") : nullptr;
  if (schemes == nullptr) return;
  for (const auto& [name, scheme] : *schemes)
    if (scheme.is_object() && !text_member(scheme.get_object(), "key").empty())
      request.keys[std::string(name)] = text_member(scheme.get_object(), "key");
}

/// What the package was made of, where the command line does not say it.
Result<std::string> remember(Request& request, const MadePackage& package, DriverEnv& env) {
  if (env.files->kind(package.owner_path()) != FileKind::File)
    return Failure(fmt::format(
        "there is no API `{0}` yet: `pflowc openapi add {0} FILE` or `… URL`", package.name));
  Result<std::string> text = env.files->read(package.owner_path());
  if (!text) return Failure(fmt::format("`{}`: {}", package.owner_path(), text.message()));
  Result<json::value> whole = json_schema::read_json(*text);
  if (!whole) return Failure(fmt::format("`{}`, {}", package.owner_path(), whole.message()));
  if (!whole->is_object() || text_member(whole->get_object(), "from").empty())
    return Failure(fmt::format("`{}` has no text `from`", package.owner_path()));
  const json::object& file = whole->get_object();
  if (const json::array* only = array_member(file, "only"); only && request.only.empty())
    for (const json::value& pattern : *only)
      if (pattern.is_string()) request.only.emplace_back(pattern.get_string());
  if (const json::object* pages = object_member(file, "pages"); pages && request.pages.empty())
    for (const auto& [pattern, form] : *pages)
      if (form.is_string()) request.pages.emplace_back(pattern, form.get_string());
  if (request.server.empty()) request.server = text_member(file, "server");
  if (request.keys.empty()) remember_keys(request, file);
  return found_source(std::string(text_member(file, "from")), package);
}

json::object described(const Interface& made, const Request& request, const std::string& source,
                       const MadePackage& package) {
  json::object file;
  file["from"] = kept_source(source, package);
  if (!request.only.empty()) file["only"] = json::array(request.only.begin(), request.only.end());
  if (!request.pages.empty()) {
    json::object pages;
    for (const auto& [pattern, form] : request.pages) pages[pattern] = form;
    file["pages"] = std::move(pages);
  }
  if (!request.server.empty()) file["server"] = request.server;
  file["api"] = made.api;
  file["operations"] = made.operations;
  return file;
}

std::string report(const Interface& made, const MadePackage& package) {
  size_t count = made.operations.size();
  for (const auto& [name, operation] : made.operations)
    if (operation.get_object().contains("pages")) ++count;
  std::string text = fmt::format("{} {} in `{}`\n", count, count == 1 ? "node" : "nodes",
                                 package.interface_path());
  for (size_t i = 0; i < std::min(made.left_out.size(), kMostShown); ++i)
    text += fmt::format("`{}` is left out: {}\n", made.left_out[i].first, made.left_out[i].second);
  if (made.left_out.size() > kMostShown)
    text +=
        fmt::format("{} more are left out; the file says why\n", made.left_out.size() - kMostShown);
  return text;
}

int fail_unmatched(const Document& document, const std::string& pattern, home::Session& session) {
  std::vector<std::string> ids;
  for (const Operation& operation : document.operations()) ids.push_back(operation.id);
  const std::vector<std::string_view> names(ids.begin(), ids.end());
  const std::string_view near = nearest_name(pattern, names);
  return session.fail(
      fmt::format("no operation fits `{}`{}", pattern,
                  near.empty() ? "" : fmt::format("; one with a similar name is `{}`", near)));
}

}  // namespace

int add(const std::string& name, const std::string& given, const Request& asked,
        home::Session& session) {
  DriverEnv& env = session.env();
  if (!is_package_name(name))
    return session.fail(fmt::format("`{}` is no name for an API; one is as `{}`", name,
                                    json_schema::value_name(name)));
  const std::string folder = packages_folder(asked.user, env);
  if (folder.empty()) return session.fail("none of PFLOW_HOME, XDG_CONFIG_HOME and HOME is set");
  const MadePackage package{name, folder + "/" + name, kApiFile};
  Request request = asked;
  std::string source = given;
  if (source.empty()) {
    Result<std::string> known = remember(request, package, env);
    if (!known) return session.fail(known.message());
    source = *known;
  }
  Result<json::value> whole = read_source(source, env);
  if (!whole) return session.fail(whole.message());
  Result<std::unique_ptr<Document>> read = Document::read(std::move(*whole));
  if (!read) return session.fail(fmt::format("`{}`: {}", source, read.message()));
  const Document& document = **read;
  const Interface made =
      make_interface(document, {name, request.only, is_address(source) ? source : "",
                                request.server, request.keys, request.pages, is_builtin});
  if (!made.unmatched.empty()) return fail_unmatched(document, made.unmatched, session);
  if (!made.problem.empty()) return session.fail(made.problem);
  std::string title = document.info("title");
  if (title.empty()) title = "an API";
  Result<Done> written =
      write_package(package,
                    {made.text, json_schema::json_lines(described(made, request, source, package)),
                     fmt::format("The operations of {}", title), document.info("version")},
                    env);
  return written ? session.print(report(made, package)) : session.fail(written.message());
}

}  // namespace pflow::openapi
