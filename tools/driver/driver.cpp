#include "tools/driver/driver.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <filesystem>

#include "support/explain.h"
#include "tools/driver/cache_command.h"
#include "tools/driver/compile.h"
#include "tools/driver/home/home_command.h"
#include "tools/driver/internal_error.h"
#include "tools/driver/options.h"
#include "tools/driver/report.h"
#include "tools/driver/test_command.h"

namespace pflow {
namespace {

int print(DriverEnv& env, std::string_view text, const Options& options) {
  Result<Done> written = env.out(text);
  if (written) return kExitDone;
  Diagnostics diagnostics;
  diagnostics.report(diag::cannot_write, {}, "standard output", written.message());
  show(diagnostics, SourceMap(), options, env);
  return kExitErrors;
}

int explain(const Options& options, DriverEnv& env) {
  std::string_view page = explain_page(options.explain);
  if (!page.empty()) return print(env, page, options);
  Diagnostics diagnostics;
  if (options.explain.empty()) {
    diagnostics.report(diag::no_code, {}).help("for example `pflowc explain PF0301`");
  } else {
    diagnostics.report(diag::unknown_code, {}, options.explain)
        .note("a code is `PF` and four digits, as messages show it");
  }
  show(diagnostics, SourceMap(), options, env);
  return kExitUsage;
}

/// A first word that is no file: the nearest command and the nearest program.
void report_no_such_word(const std::string& word, DriverEnv& env, Diagnostics& diagnostics) {
  DiagnosticBuilder report = diagnostics.report(diag::no_such_input, {}, word);
  std::vector<std::string_view> commands(subcommands().begin(), subcommands().end());
  commands.insert(commands.end(), home_commands().begin(), home_commands().end());
  std::string_view command = nearest_name(word, std::move(commands));
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

/// The files and folders whose tests are to run.
void check_test_inputs(const Options& options, DriverEnv& env, Diagnostics& diagnostics) {
  for (const std::string& input : options.inputs)
    if (!env.files->exists(input)) report_no_such_word(input, env, diagnostics);
}

/// What must hold before a compilation starts.
void check_input(const Options& options, DriverEnv& env, Diagnostics& diagnostics) {
  if (options.input.empty())
    diagnostics.report(diag::no_input, {}).help("`pflowc FILE.pf` compiles a program");
  else if (options.input != "-" && !env.files->exists(options.input))
    report_no_such_word(options.input, env, diagnostics);
  else if (!options.second_input.empty())
    diagnostics.report(diag::too_many_inputs, {}, options.second_input)
        .note(fmt::format("the first one is `{}`", options.input));
}

int run(std::span<const std::string> arguments, DriverEnv& env) {
  if (!arguments.empty() &&
      std::ranges::find(home_commands(), arguments[0]) != home_commands().end())
    return run_home_command(arguments, env);
  Diagnostics diagnostics;
  Options options = parse_options(arguments, diagnostics);
  if (!diagnostics.has_errors() && options.command == Command::Compile)
    check_input(options, env, diagnostics);
  if (!diagnostics.has_errors() && options.command == Command::Test)
    check_test_inputs(options, env, diagnostics);
  if (!diagnostics.has_errors() && options.command == Command::Cache)
    check_cache_options(options, diagnostics);
  if (diagnostics.has_errors()) {
    show(diagnostics, SourceMap(), options, env);
    return kExitUsage;
  }
  switch (options.command) {
    case Command::Help: return print(env, help_text(), options);
    case Command::Version: return print(env, "pflowc " PFLOW_VERSION "\n", options);
    case Command::Explain: return explain(options, env);
    case Command::Test: return run_tests(options, env);
    case Command::Cache: return run_cache_command(options, env);
    case Command::Compile: break;
  }
  return compile(options, env);
}

}  // namespace

int run_driver(std::span<const std::string> arguments, DriverEnv& env) {
  // ANTLR, CLI11 and the library may throw; nothing may leave as a crash.
  try {
    return run(arguments, env);
  } catch (const std::exception& error) {
    return internal_error(env, error.what(), command_line(arguments));
  }
}

}  // namespace pflow
