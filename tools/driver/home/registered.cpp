#include "tools/driver/home/registered.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "pflow/yaml.hpp"

namespace pflow::home {

std::string read_registered(const std::string& path, Registered& out) {
  std::error_code missing;
  if (!std::filesystem::exists(path, missing)) return "";
  std::ifstream file(path, std::ios::binary);
  std::stringstream all;
  all << file.rdbuf();
  YamlDocument document(all.str());
  if (!document.ok())
    return path + ":" + std::to_string(document.problem().line) + ": " +
           std::string(view(document.problem().message));
  for (const YamlNode& item : document.root().items) {
    const YamlNode* id = item.find("model_id");
    if (id == nullptr) continue;
    RegisteredName& model = out.models.emplace_back();
    model.id = id->text;
    const YamlNode* aliases = item.find("aliases");
    for (const YamlNode& alias : aliases ? aliases->items : std::span<const YamlNode>())
      model.aliases.emplace_back(alias.text);
  }
  return "";
}

}  // namespace pflow::home
