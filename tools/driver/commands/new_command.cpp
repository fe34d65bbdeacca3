// pflowc new: the folder of a project.
#include <fcntl.h>
#include <fmt/format.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "tools/driver/commands/commands.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/new_project.h"
#include "tools/driver/options.h"
#include "tools/driver/report.h"

namespace pflow {
namespace {

namespace fs = std::filesystem;

/// Usable as the name of a file everywhere, and no option.
bool is_name(const std::string& name) {
  auto is_fine = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '-'; };
  return !name.empty() && std::isalpha(static_cast<unsigned char>(name[0])) != 0 &&
         std::ranges::all_of(name, is_fine);
}

/// The files below a folder; what went wrong, else empty.
std::string write_files(const fs::path& folder, const std::string& name, FileSystem& files) {
  for (const ProjectFile& file : new_project(name)) {
    std::error_code failed;
    const fs::path path = folder / file.path;
    fs::create_directories(path.parent_path(), failed);
    if (failed) return failed.message();
    if (Result<Done> written = files.write(path.string(), file.text); !written)
      return written.message();
  }
  return "";
}

/// Made beside its place, so that it is there as a whole or not at all. What went wrong, else
/// empty.
std::string make_project(const fs::path& place, FileSystem& files) {
  std::error_code failed;
  const fs::path parent = place.has_parent_path() ? place.parent_path() : fs::path(".");
  fs::create_directories(parent, failed);
  if (failed) return failed.message();
  std::string unfinished = (parent / ("." + place.filename().string() + "-XXXXXX")).string();
  if (mkdtemp(unfinished.data()) == nullptr) return std::strerror(errno);
  std::string problem = write_files(unfinished, place.filename().string(), files);
  const mode_t mask = umask(0);
  umask(mask);
  if (problem.empty() &&
      (chmod(unfinished.c_str(), 0777 & ~mask) != 0 ||
       renameat2(AT_FDCWD, unfinished.c_str(), AT_FDCWD, place.c_str(), RENAME_NOREPLACE) != 0))
    problem = std::strerror(errno);
  if (!problem.empty()) fs::remove_all(unfinished, failed);
  return problem;
}

int make(const Options& options, DriverEnv& env) {
  fs::path place = options.input;
  if (!place.has_filename()) place = place.parent_path();  // `name/`
  const std::string name = place.filename().string();
  Diagnostics diagnostics;
  int code = kExitUsage;
  if (options.words.size() != 1 || !is_name(name)) {
    std::string found = options.words.size() > 1 ? options.word(1) : options.input;
    diagnostics.report(diag::command_action, {}, "new",
                       "a name of letters, digits, `-` and `_`, which may be a path",
                       found.empty() ? "nothing" : "`" + found + "`");
  } else if (env.files->exists(place.string()) || fs::is_symlink(place)) {
    diagnostics.report(diag::is_there, {}, place.string()).note("nothing was written");
  } else if (std::string problem = make_project(place, *env.files); !problem.empty()) {
    diagnostics.report(diag::cannot_write, {}, "`" + place.string() + "`", problem);
    code = kExitErrors;
  } else {
    return print(fmt::format("made {0}; next:\n  cd {0}\n  pflowc test\n"
                             "  pflowc run {1}.pf --model echo\n",
                             place.string(), name),
                 options, env);
  }
  show(diagnostics, SourceMap(), options, env);
  return code;
}

std::vector<OptionRows> rows() { return {kCommonOptions}; }

}  // namespace

constexpr Command kNewCommand = {
    "new",  "make the folder of a project: a flow, its test, what runs it for each push",
    "NAME", "review",
    rows,   make};

}  // namespace pflow
