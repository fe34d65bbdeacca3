#include "tools/driver/packages/session.h"

#include <fmt/format.h>

#include "tools/driver/exit_code.h"
#include "tools/driver/home_path.h"
#include "tools/driver/node_path.h"
#include "tools/driver/report.h"

namespace pflow::packages {

std::vector<std::string> Session::places() const {
  std::vector<std::string> found = {std::string(kPlaceName)};
  for (std::string& place : node_path(options, env).places.folders)
    found.push_back(std::move(place));
  return found;
}

std::string Session::own_place() {
  const std::string home = home_path(env);
  if (!home.empty()) return home + "/" + std::string(kPlaceName);
  diagnostics.report(diag::home_file, {}, "there is no folder for packages")
      .help("set PFLOW_HOME, or HOME");
  return {};
}

std::optional<PackageFolder> Session::named(std::string_view name) const {
  for (const std::string& place : places())
    for (PackageFolder& package : packages_in(*env.files, place))
      if (package.name == name) return std::move(package);
  return std::nullopt;
}

std::optional<PackageFolder> Session::find(const std::string& word) {
  PackageFolder folder{word, word};
  if (env.files->kind(folder.manifest()) == FileKind::File) {
    Result<std::string> text = env.files->read(folder.manifest());
    folder.name = text ? name_in_manifest(*text) : std::string();
    return folder;
  }
  if (std::optional<PackageFolder> found = named(word)) return found;
  std::vector<std::string> known;
  for (const std::string& place : places())
    for (PackageFolder& package : packages_in(*env.files, place))
      known.push_back(std::move(package.name));
  DiagnosticBuilder report = diagnostics.report(diag::package_missing, {}, word);
  const std::string_view near = nearest_name(word, {known.begin(), known.end()});
  if (!near.empty())
    report.help(fmt::format("a package with a similar name exists: `{}`", near));
  else
    report.note(fmt::format("looked for in `{}`", fmt::join(places(), "`, `")))
        .help("the path of its folder names a package, too");
  return std::nullopt;
}

std::optional<Manifest> Session::manifest(const PackageFolder& package) {
  Result<std::string> text = env.files->read(package.manifest());
  if (!text) {
    diagnostics.report(diag::cannot_read, {}, package.manifest(), text.message());
    return std::nullopt;
  }
  const size_t errors = diagnostics.error_count();
  const FileId file = sources.add(package.manifest(), std::move(*text));
  Manifest manifest = read_manifest(file, sources, diagnostics);
  if (diagnostics.error_count() != errors) return std::nullopt;
  return manifest;
}

int Session::print(std::string_view text) { return pflow::print(text, options, env); }

int Session::finish() {
  show(diagnostics, sources, options, env);
  return diagnostics.has_errors() ? kExitErrors : kExitDone;
}

}  // namespace pflow::packages
