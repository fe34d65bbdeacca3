#include "tools/driver/node_aliases.h"

#include <fmt/format.h>

#include "tools/driver/home/object_file.h"
#include "tools/driver/home_path.h"

namespace pflow {
namespace {

/// A name that, followed from one to the next, leads back to itself; empty when none does.
std::string loop_in(const boost::json::object& names) {
  for (const auto& [name, first] : names) {
    const boost::json::value* target = &first;
    for (size_t steps = 0; target != nullptr && target->is_string(); ++steps) {
      if (target->as_string() == name) return std::string(name);
      if (steps == names.size()) break;
      target = names.if_contains(target->as_string());
    }
  }
  return {};
}

}  // namespace

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
  if (const std::string name = loop_in(object); !name.empty()) {
    made.names.clear();
    made.problem = fmt::format("`{}`: `{}` leads back to itself", path, name);
  }
  return made;
}

}  // namespace pflow
