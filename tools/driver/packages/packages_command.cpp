// pflowc packages: makes, builds, tests, installs and lists packages of nodes.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "tools/driver/commands/commands.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/packages/build.h"
#include "tools/driver/packages/install.h"
#include "tools/driver/packages/listing.h"
#include "tools/driver/packages/lock_command.h"
#include "tools/driver/packages/new_package.h"
#include "tools/driver/packages/session.h"

namespace pflow::packages {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kActions =
    "`list`, `new NAME`, `build`, `test`, `install`, `show`, `remove` with a package, or "
    "`lock FILE.pf`";

int refuse(std::string_view takes, const std::string& found, Session& session) {
  session.diagnostics.report(diag::command_action, {}, "packages", takes,
                             found.empty() ? "nothing" : "`" + found + "`");
  return kExitUsage;
}

/// A bare name goes where programs of the working directory find it.
int make(const std::string& word, Session& session) {
  fs::path place = word;
  if (!place.has_filename()) place = place.parent_path();  // `name/`
  const std::string name = place.filename().string();
  if (!is_package_name(name))
    return refuse("a name of small letters, digits and `_`, which may be a path", word, session);
  if (!place.has_parent_path()) place = fs::path(kPlaceName) / place;
  if (session.env.files->exists(place.string())) {
    session.diagnostics.report(diag::is_there, {}, place.string()).note("nothing was written");
    return kExitUsage;
  }
  const std::string& language = session.options.language;
  const std::string problem = make_folder(
      place.string(), new_package(name, language.empty() ? "flows" : language), *session.env.files);
  if (problem.empty())
    return session.print(
        fmt::format("made {0}; next:\n  pflowc packages test {0}\n"
                    "  import {1}    in a program beside `{2}`\n",
                    place.string(), name, place.parent_path().string()));
  session.diagnostics.report(diag::cannot_write, {}, "`" + place.string() + "`", problem);
  return kExitErrors;
}

int build_one(const PackageFolder& package, Session& session) {
  if (!build(package, session)) return kExitErrors;
  return session.print(fmt::format("{} is built\n", package.name));
}

/// Builds it, then runs the tests below its folder, which find the packages beside it.
int test(const PackageFolder& package, Session& session) {
  if (!build(package, session)) return kExitErrors;
  Options options = session.options;
  options.words = {package.path};
  options.input = package.path;
  return kTestCommand.run(options, session.env);
}

/// What is done with each package that is named.
using Action = int (*)(const PackageFolder&, Session&);
constexpr std::pair<std::string_view, Action> kOfPackages[] = {
    {"build", build_one}, {"test", test}, {"install", install}, {"show", show_package}};

/// Those that are named, else that of the working directory.
int for_each(Action action, Session& session) {
  std::vector<std::string> words(session.options.words.begin() + 1, session.options.words.end());
  if (words.empty()) words.emplace_back(".");
  int code = kExitDone;
  for (const std::string& word : words) {
    const std::optional<PackageFolder> package = session.find(word);
    const int done = package ? action(*package, session) : kExitUsage;
    code = std::max(code, done);
  }
  return code;
}

int act(Session& session) {
  const std::string action = session.options.words.empty() ? "list" : session.options.word(0);
  const std::string word = session.options.word(1);
  const size_t count = session.options.words.size();
  if (action == "list" && count <= 1) return list(session);
  if (action == "new" && count == 2) return make(word, session);
  if (action == "remove" && count == 2) return remove(word, session);
  if (action == "lock" && count == 2) return lock(word, session);
  const bool here = session.options.target == codegen::targets().front();
  if (action == "test" && !here)
    return refuse("`build` or `install` with `--target`", action, session);
  for (const auto& [name, done] : kOfPackages)
    if (action == name) return for_each(done, session);
  return refuse(kActions, action, session);
}

std::string_view set_language(Options& options, const std::string& value) {
  options.language = value;
  return std::ranges::find(kLanguages, value) == std::end(kLanguages) ? "flows, c, cpp or rust"
                                                                      : "";
}

constexpr OptionRow kOptions[] = {
    {"--lang", "LANGUAGE", "of `new`: flows (default), c, cpp or rust", set_language},
    {"--sysroot", "DIR", "of `build`: the C and C++ libraries of the target",
     set_text<&Options::sysroot>},
};

std::vector<OptionRows> rows() {
  return {kOptions, kTargetOption, kPackageOptions, kJsonOption, kCommonOptions};
}

int run(const Options& options, DriverEnv& env) {
  Session session(options, env);
  const int code = act(session);
  return std::max(code, session.finish());
}

}  // namespace
}  // namespace pflow::packages

namespace pflow {

constexpr Command kPackagesCommand = {"packages",
                                      "make, build, test, install and list packages of nodes",
                                      "[list]\n"
                                      "new NAME [--lang LANGUAGE]\n"
                                      "build | test | install | show [PACKAGE]...\n"
                                      "build [--target TRIPLE] [--sysroot DIR] [PACKAGE]...\n"
                                      "remove NAME\n"
                                      "lock FILE.pf",
                                      "new greet --lang cpp",
                                      packages::rows,
                                      packages::run};

}  // namespace pflow
