#include "tools/driver/input_check.h"

#include <fmt/format.h>

#include <filesystem>

#include "tools/driver/commands/commands.h"
#include "tools/driver/packages/package_command.h"
#include "tools/driver/report.h"

namespace pflow {
namespace {

/// A first word that is no file: the nearest command and the nearest program.
void report_no_such_word(const std::string& word, DriverEnv& env, Diagnostics& diagnostics) {
  DiagnosticBuilder report = diagnostics.report(diag::no_such_input, {}, word);
  const std::vector<std::string> of_packages = packages::package_commands(env);
  std::vector<std::string_view> commands = command_names();
  commands.insert(commands.end(), of_packages.begin(), of_packages.end());
  std::string_view command = nearest_name(word, commands);
  if (!command.empty())
    report.help(fmt::format("a command with a similar name exists: `{}`", command));

  std::filesystem::path path(word);
  std::vector<std::string> names;
  for (std::string& name : env.files->names_in(path.has_parent_path() ? path.parent_path() : "."))
    if (std::filesystem::path(name).extension() == ".pf") names.push_back(std::move(name));
  std::string wanted = path.filename().string();
  std::string_view file = nearest_name(wanted, {names.begin(), names.end()});
  std::string_view stem = nearest_name(wanted + ".pf", {names.begin(), names.end()});
  for (const std::string& name : names)
    if (name == wanted + ".pf") stem = name;
  std::string_view near = file.empty() ? stem : file;
  if (!near.empty())
    report.help(fmt::format("a file with a similar name exists: `{}`",
                            path.replace_filename(near).string()));
}

}  // namespace

bool refuse_unknown_word(const std::string& word, const Options& options, DriverEnv& env) {
  if (word.starts_with('-') || find_command(word) != nullptr || env.files->exists(word))
    return false;
  Diagnostics diagnostics;
  report_no_such_word(word, env, diagnostics);
  show(diagnostics, SourceMap(), options, env);
  return true;
}

bool check_input(const Options& options, DriverEnv& env) {
  Diagnostics diagnostics;
  if (options.input.empty())
    diagnostics.report(diag::no_input, {}).help("`pflowc FILE.pf` compiles a program");
  else if (options.input != "-" && !env.files->exists(options.input))
    report_no_such_word(options.input, env, diagnostics);
  else if (options.words.size() > 1)
    diagnostics.report(diag::too_many_inputs, {}, options.words[1])
        .note(fmt::format("the first one is `{}`", options.input));
  show(diagnostics, SourceMap(), options, env);
  return !diagnostics.has_errors();
}

bool check_inputs(const Options& options, DriverEnv& env) {
  Diagnostics diagnostics;
  for (const std::string& input : options.words)
    if (input != "-" && !env.files->exists(input)) report_no_such_word(input, env, diagnostics);
  show(diagnostics, SourceMap(), options, env);
  return !diagnostics.has_errors();
}

}  // namespace pflow
