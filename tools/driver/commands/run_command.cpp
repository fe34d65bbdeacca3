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
#include "tools/driver/run/remote.h"
#include "tools/driver/run/store.h"
#include "tools/driver/start_program.h"

namespace pflow {
namespace {

std::string_view set_code(Options& options, const std::string& value) {
  options.code = {value};
  return value.find_first_not_of(" \t\r\n") == value.npos ? "a program" : "";
}

constexpr OptionRow kOptions[] = {
    {"-e", "CHAIN", "run this program; what follows it is passed on", set_code, false, true},
    {"--allow-remote", "", "the program may be an address: it is fetched, shown, and asked for",
     set_flag<&Options::allow_remote>},
    {"--yes", "", "run a program of another machine without a question", set_flag<&Options::yes>},
};

std::vector<OptionRows> rows() {
  return {kOptions,        kCodeOptions, kEntryOptions, kChecksOptions,
          kPackageOptions, kTimeOption,  kCommonOptions};
}

Result<std::string> program_text(const Options& options, DriverEnv& env) {
  if (options.code) return options.code->text;
  if (run::is_remote(options.input)) return run::fetch(options.input, env);
  return options.input == "-" ? env.read_input() : env.files->read(options.input);
}

int refuse(const std::string& why, const std::string& help, const Options& options,
           DriverEnv& env) {
  Diagnostics diagnostics;
  if (help.empty())
    diagnostics.report(diag::remote_program, {}, options.input, why);
  else
    diagnostics.report(diag::remote_program, {}, options.input, why).help(help);
  show(diagnostics, SourceMap(), options, env);
  return kExitErrors;
}

/// What ran before as it is was agreed to.
int start_remote(const run::Program& program, const Options& options, DriverEnv& env) {
  run::start_stored(run::Store(run::store_path(env)), run::entry_name(program, env), program, env);
  if (!options.yes) {
    switch (run::ask_to_run(options.input, program.text)) {
      case run::Agreement::Given: break;
      case run::Agreement::Refused: return refuse("it is not run", "", options, env);
      case run::Agreement::NobodyThere:
        return refuse("nobody can be asked", "`--yes` runs it without a question", options, env);
    }
  }
  // It is known by its text, and no file that could be looked at again.
  Options fetched = options;
  fetched.code = {program.text, options.input};
  return start_program(program, fetched, env);
}

/// A program that came from standard input finds nothing more there.
void empty_standard_input() {
  Descriptor nothing(open("/dev/null", O_RDONLY | O_CLOEXEC));
  if (nothing.get() >= 0) (void)dup2(nothing.get(), STDIN_FILENO);
}

int start(const Options& options, DriverEnv& env) {
  const bool remote = !options.code && run::is_remote(options.input);
  if (remote && !options.allow_remote)
    return refuse("it is not fetched by itself",
                  "`--allow-remote` fetches it, shows it and asks before it runs", options, env);
  if (!remote && !options.code && !check_input(options, env)) return kExitUsage;
  Result<std::string> text = program_text(options, env);
  if (!text && remote) return refuse(text.message(), "", options, env);
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
  return remote ? start_remote(program, options, env) : start_program(program, options, env);
}

}  // namespace

constexpr Command kRunCommand = {
    "run",
    "compile a program into the cache, and run it",
    "[OPTIONS] FILE.pf [ARGS]\n[OPTIONS] - [ARGS]\n[OPTIONS] -e CHAIN [ARGS]",
    "review.pf --model echo",
    rows,
    start,
    1};

}  // namespace pflow
