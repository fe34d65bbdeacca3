// pflowc new: the folder of a project.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <filesystem>

#include "tools/driver/commands/commands.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/new_folder.h"
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
  } else if (std::string problem = make_folder(place.string(), new_project(name), *env.files);
             !problem.empty()) {
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
