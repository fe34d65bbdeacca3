#include "tools/driver/packages/install.h"

#include <fmt/format.h>

#include <filesystem>

#include "tools/driver/exit_code.h"
#include "tools/driver/packages/build.h"

namespace pflow::packages {
namespace {

namespace fs = std::filesystem;

int fail(const std::string& what, const std::error_code& why, Session& session) {
  session.diagnostics.report(diag::cannot_write, {}, "`" + what + "`", why.message());
  return kExitErrors;
}

/// Copied beside its place, so that it is there as a whole or not at all.
std::error_code put_in_place(const fs::path& from, const fs::path& place) {
  std::error_code failed, none;
  const fs::path fresh = place.parent_path() / ("." + place.filename().string() + ".new");
  const fs::path old = place.parent_path() / ("." + place.filename().string() + ".old");
  fs::create_directories(place.parent_path(), failed);
  fs::remove_all(fresh, none);
  fs::remove_all(old, none);
  if (!failed) fs::copy(from, fresh, fs::copy_options::recursive, failed);
  if (!failed && fs::exists(place, none)) fs::rename(place, old, failed);
  if (!failed) fs::rename(fresh, place, failed);
  fs::remove_all(fresh, none);
  fs::remove_all(old, none);
  return failed;
}

}  // namespace

int install(const PackageFolder& package, Session& session) {
  if (!build(package, session)) return kExitErrors;
  const std::optional<Manifest> manifest = session.manifest(package);
  const std::string home = session.own_place();
  if (!manifest || home.empty()) return kExitErrors;
  const std::string place = home + "/" + package.name;
  std::error_code none;
  if (!fs::equivalent(package.path, place, none))
    if (std::error_code failed = put_in_place(package.path, place))
      return fail(place, failed, session);
  return session.print(
      fmt::format("installed {} {} in {}\n", package.name, manifest->version, place));
}

int remove(const std::string& name, Session& session) {
  const std::string home = session.own_place();
  if (home.empty()) return kExitErrors;
  std::vector<std::string> known;
  for (const PackageFolder& package : packages_in(*session.env.files, home)) {
    known.push_back(package.name);
    if (package.name != name) continue;
    std::error_code failed;
    fs::remove_all(package.path, failed);
    if (failed) return fail(package.path, failed, session);
    return session.print(fmt::format("removed {}\n", package.path));
  }
  DiagnosticBuilder report = session.diagnostics.report(diag::package_missing, {}, name);
  report.note(fmt::format("installed packages are in `{}`", home));
  if (std::string_view near = nearest_name(name, {known.begin(), known.end()}); !near.empty())
    report.help(fmt::format("`pflowc packages remove {}`", near));
  return kExitUsage;
}

}  // namespace pflow::packages
