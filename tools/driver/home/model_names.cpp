#include "tools/driver/home/model_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "stdlib-nodes/models_yaml/models_yaml.h"
#include "tools/driver/home/object_file.h"
#include "tools/driver/home_path.h"

namespace pflow::home {

std::string read_registered(const std::string& path, std::vector<RegisteredName>& out) {
  std::error_code missing;
  if (!std::filesystem::exists(path, missing)) return "";
  std::ifstream file(path, std::ios::binary);
  std::stringstream all;
  all << file.rdbuf();
  const pf_models::ModelsList list(all.str());
  const pf_models::ModelsProblem& problem = list.problem();
  if (!problem.why.empty()) return fmt::format("{}:{}: {}", path, problem.line, problem.why);
  for (const pf_models::ModelsEntry& entry : list.entries()) {
    RegisteredName& model = out.emplace_back();
    for (std::string_view name : entry.names()) model.names.emplace_back(name);
    model.embeds = entry.flag("embedding", false);
  }
  return "";
}

std::string default_model(const std::string& path, const DriverEnv& env) {
  Result<std::string> text = env.files->read(path);
  if (!text) return "";
  std::string line = text->substr(0, text->find_first_of("\r\n"));
  line.erase(0, std::min(line.find_first_not_of(' '), line.size()));
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

std::vector<std::string> unregistered_names(const std::string& given, const DriverEnv& env) {
  const std::string home = home_path(env);
  std::string name = given.empty() ? env.variable("PFLOW_MODEL") : given;
  if (name.empty() && !home.empty()) name = default_model(home + "/default_model.txt", env);
  std::vector<RegisteredName> own;
  boost::json::object aliases;
  if (!home.empty()) {
    read_registered(home + "/models.yaml", own);
    read_object(home + "/aliases.json", aliases);
  }
  std::vector<std::string> found;
  while (!name.empty() && std::ranges::find(found, name) == found.end()) {
    if (std::ranges::any_of(own, [&](const RegisteredName& model) {
          return std::ranges::find(model.names, name) != model.names.end();
        }))
      break;
    found.push_back(name);
    const boost::json::value* target = aliases.if_contains(name);
    name = target != nullptr && target->is_string() ? std::string(target->as_string()) : "";
  }
  return found;
}

}  // namespace pflow::home
