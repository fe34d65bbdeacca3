#include "tools/driver/mcp/server_settings.h"

#include <fmt/format.h>

#include <filesystem>

namespace pflow::mcp {
namespace {

namespace json = boost::json;
namespace fs = std::filesystem;

bool is_address(std::string_view text) {
  return text.starts_with("http://") || text.starts_with("https://");
}

/// A word of the command: one that names a file is found from wherever a program is started.
std::string as_path(const std::string& word, const std::string& folder) {
  std::error_code none;
  const bool is_file = !word.empty() && word[0] != '/' && fs::is_regular_file(word, none);
  if (!is_file) return word;
  const fs::path whole = fs::absolute(word, none);
  if (folder.empty()) return whole.lexically_normal().string();
  return whole.lexically_relative(fs::absolute(folder, none)).lexically_normal().string();
}

json::object named(std::string_view name, const std::string& value) {
  json::object made;
  made[name] = value;
  return made;
}

json::object variables(const Request& request) {
  json::object made;
  for (const std::string& variable : request.variables) {
    const size_t sign = variable.find('=');
    const std::string name = variable.substr(0, sign);
    if (sign == variable.npos)
      made[name] = named("env", name);
    else
      made[name] = variable.substr(sign + 1);
  }
  for (const auto& [variable, key] : request.key_variables) made[variable] = named("key", key);
  return made;
}

json::object headers(const Request& request) {
  json::object made;
  for (const std::string& header : request.headers) {
    const size_t colon = header.find(':');
    const size_t value = header.find_first_not_of(' ', colon + 1);
    made[header.substr(0, colon)] = value == header.npos ? "" : header.substr(value);
  }
  return made;
}

}  // namespace

json::object settings(const Request& request, const std::string& folder) {
  json::object made;
  if (is_address(request.target[0])) {
    made["url"] = request.target[0];
    if (!request.key.empty()) made["key"] = request.key;
    if (!request.headers.empty()) made["headers"] = headers(request);
    return made;
  }
  const std::string program = request.target[0];
  made["command"] = program.find('/') == program.npos ? program : as_path(program, folder);
  json::array arguments;
  for (size_t i = 1; i < request.target.size(); ++i)
    arguments.emplace_back(as_path(request.target[i], folder));
  if (!arguments.empty()) made["args"] = arguments;
  if (json::object all = variables(request); !all.empty()) made["env"] = all;
  return made;
}

Result<json::object> read_file(const MadePackage& package, DriverEnv& env) {
  Result<std::string> text = env.files->read(package.owner_path());
  if (!text) return Failure(fmt::format("`{}`: {}", package.owner_path(), text.message()));
  boost::system::error_code error;
  json::value file = json::parse(*text, error);
  if (error || !file.is_object())
    return Failure(fmt::format("`{}` is no JSON object", package.owner_path()));
  return file.get_object();
}

Result<json::object> read_settings(const MadePackage& package, DriverEnv& env) {
  Result<json::object> file = read_file(package, env);
  if (!file) return file;
  const json::value* server = file->if_contains("server");
  if (server == nullptr || !server->is_object())
    return Failure(fmt::format("`{}` has no member `server`", package.owner_path()));
  return server->get_object();
}

json::object seen_from_anywhere(json::object settings, const MadePackage& package) {
  std::error_code none;
  auto change = [&](json::value& word) {
    if (!word.is_string()) return;
    const fs::path path(std::string(word.get_string()));
    const fs::path whole = fs::absolute(package.folder, none) / path;
    if (path.is_relative() && fs::is_regular_file(whole, none))
      word = whole.lexically_normal().string();
  };
  if (json::value* command = settings.if_contains("command"))
    if (command->is_string() && command->get_string().find('/') != json::string::npos)
      change(*command);
  if (json::value* words = settings.if_contains("args"); words != nullptr && words->is_array())
    for (json::value& word : words->get_array()) change(word);
  return settings;
}

std::string reach(const json::object& settings) {
  const json::value* url = settings.if_contains("url");
  const json::value* command = url != nullptr ? url : settings.if_contains("command");
  std::string text(command != nullptr && command->is_string()
                       ? std::string_view(command->get_string())
                       : std::string_view());
  if (const json::value* words = settings.if_contains("args"); words && words->is_array())
    for (const json::value& word : words->get_array())
      if (word.is_string()) text += ' ' + std::string(word.get_string());
  return text;
}

}  // namespace pflow::mcp
