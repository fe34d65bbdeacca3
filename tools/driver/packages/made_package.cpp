#include "tools/driver/packages/made_package.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "frontend/format/format.h"
#include "frontend/json_schema/names.h"
#include "frontend/packages/places.h"
#include "runtime/include/pflow/abi.h"
#include "support/json_text.h"
#include "tools/driver/home_path.h"
#include "tools/driver/run/child.h"
#include "tools/driver/scratch_folder.h"

namespace pflow {

namespace fs = std::filesystem;

namespace {

/// `1.2.3` of whatever others call their version: `1.2.0` of `v1.2-beta`, `0.0.0` of a word.
std::string version_of(std::string_view said) {
  if (said.starts_with('v')) said.remove_prefix(1);
  std::string made;
  for (int part = 0; part < 3; ++part) {
    const size_t end = std::min(said.find_first_not_of("0123456789"), said.size());
    if (part != 0) made += '.';
    made += end == 0 ? "0" : said.substr(0, end);
    const bool goes_on = end != 0 && said.substr(end).starts_with('.');
    said = goes_on ? said.substr(end + 1) : std::string_view();
  }
  return made;
}

/// The text of `package.toml`. What JSON escapes is escaped alike in TOML.
std::string manifest(const MadePackage& package, const MadeTexts& texts) {
  return fmt::format("name = {}\nversion = {}\npflow = {}\ndescription = {}\n",
                     json_string(package.name), json_string(version_of(texts.version)),
                     PF_ABI_VERSION, json_string(texts.description));
}

/// Whether a program can import it.
Result<std::string> check(const MadePackage& package, DriverEnv& env) {
  const ScratchFolder scratch("made");
  if (scratch.path().empty()) return Failure(std::strerror(errno));
  std::error_code none;
  const std::string path = fs::absolute(package.interface_path(), none).string();
  const std::string program = (scratch.path() / "check.pf").string();
  Result<Done> written =
      env.files->write(program, fmt::format("import {} as it\nflow main() {{ print(\"\") }}\n",
                                            json_schema::text_literal(path)));
  if (!written) return Failure(written.message());
  return run::output_of({env.executable, "check", program});
}

}  // namespace

std::string packages_folder(bool user, const DriverEnv& env) {
  if (!user) return std::string(packages::kPlaceName);
  const std::string home = home_path(env);
  return home.empty() ? home : fmt::format("{}/{}", home, packages::kPlaceName);
}

std::vector<MadePackage> made_packages(std::string_view ending, DriverEnv& env) {
  std::vector<MadePackage> found;
  for (const bool user : {false, true}) {
    const std::string folder = packages_folder(user, env);
    if (folder.empty()) continue;
    std::vector<std::string> names = env.files->names_in(folder);
    std::ranges::sort(names);
    for (const std::string& name : names) {
      MadePackage package{name, fmt::format("{}/{}", folder, name), ending};
      if (env.files->kind(package.owner_path()) == FileKind::File)
        found.push_back(std::move(package));
    }
  }
  return found;
}

bool is_package_name(const std::string& name) {
  return !name.empty() && json_schema::value_name(name) == name;
}

Result<Done> write_package(const MadePackage& package, const MadeTexts& texts, DriverEnv& env) {
  Result<std::string> laid_out = format::format(texts.interface);
  std::error_code failed;
  fs::create_directories(package.folder, failed);
  if (failed) return Failure(fmt::format("`{}`: {}", package.folder, failed.message()));
  const std::pair<std::string, std::string> all[] = {
      {package.owner_path(), texts.owner},
      {package.interface_path(), laid_out ? *laid_out : texts.interface},
      {package.manifest_path(), manifest(package, texts)}};
  for (const auto& [path, content] : all)
    if (Result<Done> written = env.files->write(path, content); !written)
      return Failure(fmt::format("`{}`: {}", path, written.message()));
  Result<std::string> checked = check(package, env);
  if (checked) return Done();
  return Failure(fmt::format("what was made of it, `{}`, has an error: {}",
                             package.interface_path(), checked.message()));
}

Result<Done> remove_package(const MadePackage& package) {
  std::error_code failed;
  for (const std::string& path :
       {package.interface_path(), package.owner_path(), package.manifest_path()}) {
    fs::remove(path, failed);
    if (failed) return Failure(fmt::format("`{}`: {}", path, failed.message()));
  }
  fs::remove(package.folder, failed);  // stays where something else is in it
  return Done();
}

}  // namespace pflow
