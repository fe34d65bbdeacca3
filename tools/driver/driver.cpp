#include "tools/driver/driver.h"

#include <exception>

#include "tools/driver/commands/commands.h"
#include "tools/driver/commands/help_text.h"
#include "tools/driver/input_check.h"
#include "tools/driver/internal_error.h"
#include "tools/driver/option_reader.h"
#include "tools/driver/packages/package_command.h"
#include "tools/driver/report.h"

namespace pflow {
namespace {

int run(std::span<const std::string> arguments, DriverEnv& env) {
  Diagnostics diagnostics;
  const std::vector<std::string> words = packages::with_command_of_package(arguments, env);
  Options options = parse_options(words, diagnostics);
  if (diagnostics.has_errors()) {
    // What is no command has no options either.
    if (words.empty() || !refuse_unknown_word(words.front(), options, env))
      show(diagnostics, SourceMap(), options, env);
    return kExitUsage;
  }
  if (options.help) return print(help_text(*options.command), options, env);
  return options.command->run(options, env);
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
