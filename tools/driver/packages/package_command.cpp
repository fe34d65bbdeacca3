#include "tools/driver/packages/package_command.h"

#include <algorithm>

#include "frontend/query/snapshot.h"
#include "tools/driver/commands/commands.h"
#include "tools/driver/node_path.h"
#include "tools/driver/packages/session.h"

namespace pflow::packages {
namespace {

bool has_main(const std::string& interface, FileSystem& files) {
  Result<std::string> text = files.read(interface);
  if (!text) return false;
  const query::Snapshot tree(interface, std::move(*text));
  return std::ranges::any_of(tree.tree().decls, [&](const ast::Decl* decl) {
    return decl->kind == ast::DeclKind::Flow && tree.text(decl->name.symbol) == "main";
  });
}

bool is_left_out(const std::string& name, const DriverEnv& env) {
  const auto loaded = node_path({}, env).places.loaded;
  return loaded && std::ranges::find(*loaded, name) == loaded->end();
}

}  // namespace

std::vector<std::string> with_command_of_package(std::span<const std::string> arguments,
                                                 DriverEnv& env) {
  std::vector<std::string> as_given(arguments.begin(), arguments.end());
  if (as_given.empty() || !is_package_name(as_given.front())) return as_given;
  const std::string& name = as_given.front();
  if (find_command(name) != nullptr || env.files->exists(name) || is_left_out(name, env))
    return as_given;
  const Options none;
  const std::optional<PackageFolder> package = Session(none, env).named(name);
  if (!package || !has_main(package->interface(), *env.files)) return as_given;
  std::vector<std::string> run = {"run", package->interface()};
  run.insert(run.end(), as_given.begin() + 1, as_given.end());
  return run;
}

std::vector<std::string> package_commands(DriverEnv& env) {
  std::vector<std::string> names;
  const Options none;
  for (const std::string& place : Session(none, env).places())
    for (const PackageFolder& package : packages_in(*env.files, place))
      if (!is_left_out(package.name, env) && has_main(package.interface(), *env.files))
        names.push_back(package.name);
  return names;
}

}  // namespace pflow::packages
