// pflowc openapi: APIs as packages.
#include <fmt/format.h>

#include <boost/json.hpp>

#include "frontend/json_schema/json_text.h"
#include "frontend/openapi/api_file.h"
#include "tools/driver/commands/commands.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/home/session.h"
#include "tools/driver/openapi/adding.h"
#include "tools/driver/openapi/option_rows.h"
#include "tools/driver/packages/made_package.h"

namespace pflow::openapi {
namespace {

namespace json = boost::json;

std::vector<OptionRows> rows() { return {kOptions, kJsonOption, kCommonOptions}; }

Result<json::object> read_file(const MadePackage& package, DriverEnv& env) {
  Result<std::string> text = env.files->read(package.owner_path());
  if (!text) return Failure(fmt::format("`{}`: {}", package.owner_path(), text.message()));
  Result<json::value> file = json_schema::read_json(*text);
  if (!file) return Failure(fmt::format("`{}`, {}", package.owner_path(), file.message()));
  if (!file->is_object()) return Failure(fmt::format("`{}` is no object", package.owner_path()));
  return file->get_object();
}

size_t operation_count(const json::object& file) {
  const json::value* found = file.if_contains("operations");
  return found != nullptr && found->is_object() ? found->get_object().size() : 0;
}

/// Where the API is.
std::string address(const json::object& file) {
  const json::value* api = file.if_contains("api");
  const json::value* url =
      api != nullptr && api->is_object() ? api->get_object().if_contains("url") : nullptr;
  return url != nullptr && url->is_string() ? std::string(url->get_string()) : "";
}

int list(const Options& options, home::Session& session) {
  json::array rows;
  std::string text;
  int code = kExitDone;
  for (const MadePackage& package : made_packages(kApiFile, session.env())) {
    Result<json::object> file = read_file(package, session.env());
    if (!file) {
      code = session.fail(file.message());
      continue;
    }
    const size_t count = operation_count(*file);
    text += fmt::format("{:<16} {:>4} {:<10}  {}\n", package.name, count,
                        count == 1 ? "operation" : "operations", address(*file));
    json::object row;
    row["name"] = package.name;
    row["folder"] = package.folder;
    row["operations"] = count;
    row["url"] = address(*file);
    rows.push_back(std::move(row));
  }
  if (text.empty() && code == kExitDone)
    text = "no APIs are added: `pflowc openapi add NAME FILE` or `… URL`\n";
  const int printed = session.print(options.json ? json::serialize(rows) + "\n" : text);
  return code == kExitDone ? printed : code;
}

int show(const MadePackage& package, const Options& options, home::Session& session) {
  Result<json::object> file = read_file(package, session.env());
  if (!file) return session.fail(file.message());
  if (options.json) return session.print(json::serialize(*file) + "\n");
  Result<std::string> text = session.env().files->read(package.interface_path());
  if (!text) return session.fail(fmt::format("`{}`: {}", package.interface_path(), text.message()));
  return session.print(fmt::format("# {}: {}\n{}", package.folder, address(*file), *text));
}

int remove(const MadePackage& package, home::Session& session) {
  Result<Done> removed = remove_package(package);
  return removed ? kExitDone : session.fail(removed.message());
}

int run(const Options& options, home::Session& session) {
  const std::string action = options.words.empty() ? "list" : options.word(0);
  const size_t count = options.words.size();
  const bool is_list = action == "list" && count <= 1;
  const bool is_add = action == "add" && (count == 2 || count == 3);
  const bool is_one = (action == "show" || action == "remove") && count == 2;
  if (!is_list && !is_add && !is_one)
    return session.fail_usage(
        "openapi",
        "`add NAME FILE`, `add NAME URL`, `add NAME`, `list`, `show NAME` or `remove NAME`",
        fmt::format("{}", fmt::join(options.words, " ")));
  if (is_list) return list(options, session);
  if (is_add) return add(options.word(1), options.word(2), options.openapi, session);
  const std::vector<MadePackage> all = made_packages(kApiFile, session.env());
  std::vector<std::string_view> names;
  for (const MadePackage& package : all) {
    if (package.name == options.word(1))
      return action == "show" ? show(package, options, session) : remove(package, session);
    names.push_back(package.name);
  }
  return session.fail_missing("API", options.word(1), names);
}

}  // namespace
}  // namespace pflow::openapi

namespace pflow {

constexpr Command kOpenapiCommand = {"openapi",
                                     "operations of APIs as nodes",
                                     "[list] [--json]\n"
                                     "add [OPTIONS] NAME FILE\n"
                                     "add [OPTIONS] NAME URL\n"
                                     "add NAME\n"
                                     "show NAME [--json]\n"
                                     "remove NAME",
                                     "add petstore petstore.yaml --only 'pets.*'",
                                     openapi::rows,
                                     home::with_session<openapi::run>};

}  // namespace pflow
