#include "tools/driver/node_aliases.h"

#include <fmt/format.h>

#include "tools/driver/home/object_file.h"
#include "tools/driver/home_path.h"

namespace pflow {

sema::NodeAliases node_aliases(const DriverEnv& env) {
  sema::NodeAliases made;
  const std::string home = home_path(env);
  if (home.empty()) return made;
  const std::string path = home + "/node_aliases.json";
  boost::json::object object;
  made.problem = home::read_object(path, object);
  for (const auto& [name, target] : object) {
    if (target.is_string())
      made.names.emplace_back(name, target.as_string());
    else if (made.problem.empty())
      made.problem = fmt::format("`{}`: `{}` stands for no name", path, std::string_view(name));
  }
  return made;
}

}  // namespace pflow
