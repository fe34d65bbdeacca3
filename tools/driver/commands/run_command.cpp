// pflowc run: compiles a program into the cache, and becomes it.
#include <fcntl.h>
#include <unistd.h>

#include "tools/driver/commands/commands.h"
#include "tools/driver/descriptor.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/input_check.h"
#include "tools/driver/options.h"
#include "tools/driver/report.h"
#include "tools/driver/run/program.h"
#include "tools/driver/start_program.h"

namespace pflow {
namespace {

std::string_view set_code(Options& options, const std::string& value) {
  options.code = {value};
  return value.find_first_not_of(" \t\r\n") == value.npos ? "a program" : "";
}

constexpr OptionRow kCodeOption[] = {
    {"-e", "CHAIN", "run this program; what follows it is passed on", set_code, false, true},
};

std::vector<OptionRows> rows() {
  return {kCodeOption, kCodeOptions, kEntryOptions, kChecksOptions, kTimeOption, kCommonOptions};
}

Result<std::string> program_text(const Options& options, DriverEnv& env) {
  if (options.code) return options.code->text;
  return options.input == "-" ? env.read_input() : env.files->read(options.input);
}

/// A program that came from standard input finds nothing more there.
void empty_standard_input() {
  Descriptor nothing(open("/dev/null", O_RDONLY | O_CLOEXEC));
  if (nothing.get() >= 0) (void)dup2(nothing.get(), STDIN_FILENO);
}

int start(const Options& options, DriverEnv& env) {
  if (!options.code && !check_input(options, env)) return kExitUsage;
  Result<std::string> text = program_text(options, env);
  if (!text) {
    Diagnostics diagnostics;
    diagnostics.report(diag::cannot_read, {}, options.input == "-" ? "<stdin>" : options.input,
                       text.message());
    show(diagnostics, SourceMap(), options, env);
    return kExitErrors;
  }
  if (options.input == "-") empty_standard_input();
  const run::Program program{options.code ? "-e" : options.input, std::move(*text), options.own,
                             options.passed_on};
  return start_program(program, options, env);
}

}  // namespace

constexpr Command kRunCommand = {
    "run",
    "compile a program into the cache, and run it",
    "[OPTIONS] FILE.pf [ARGS]\n[OPTIONS] - [ARGS]\n[OPTIONS] -e CHAIN [ARGS]",
    "review.pf --model echo",
    rows,
    start,
    true};

}  // namespace pflow
