// pflowc run: compiles a program into the cache, and becomes it.
#include <fcntl.h>
#include <unistd.h>

#include <cstring>

#include "runtime/src/cache/size_bound.h"
#include "tools/driver/commands/commands.h"
#include "tools/driver/compile.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/input_check.h"
#include "tools/driver/options.h"
#include "tools/driver/report.h"
#include "tools/driver/run/become.h"
#include "tools/driver/run/program.h"
#include "tools/driver/run/recorded_files.h"
#include "tools/driver/scratch_folder.h"
#include "tools/driver/toolchain.h"

namespace pflow {
namespace {

/// Room for some hundred programs.
constexpr int64_t kMostBytes = 256'000'000;

std::string_view set_code(Options& options, const std::string& value) {
  options.code = value;
  return value.find_first_not_of(" \t\r\n") == value.npos ? "a program" : "";
}

constexpr OptionRow kCodeOption[] = {
    {"-e", "CHAIN", "run this program; what follows it is passed on", set_code, false, true},
};

std::vector<OptionRows> rows() {
  return {kCodeOption, kCodeOptions, kEntryOptions, kChecksOptions, kTimeOption, kCommonOptions};
}

int cannot_start(int error, const Options& options, DriverEnv& env) {
  Diagnostics diagnostics;
  diagnostics.report(diag::cannot_start, {}, std::strerror(error));
  show(diagnostics, SourceMap(), options, env);
  return kExitErrors;
}

/// Compiles the program to a file that no folder holds in the end; invalid when that failed.
Descriptor compile_program(const Options& given, const std::string& text, run::RecordedFiles& files,
                           DriverEnv& env, int& code) {
  ScratchFolder scratch("pflowc-run");
  if (scratch.path().empty()) return {};
  Options options = given;
  options.output = (scratch.path() / "program").string();
  DriverEnv recorded = env;
  recorded.files = &files;
  recorded.read_input = [&] { return Result<std::string>(text); };
  CompileReport report;
  code = compile(options, recorded, &report);
  if (code != kExitDone) return {};
  for (const std::string& path : report.linked) files.add_installed(path);
  return Descriptor(open(options.output.c_str(), O_RDONLY | O_CLOEXEC));
}

/// Compiles the program, keeps it, becomes it.
int compile_and_start(const run::Program& program, run::Store& store, const std::string& entry,
                      const Options& options, DriverEnv& env) {
  run::RecordedFiles files(*env.files, find_toolchain(env).nodes);
  files.add_text(options.input, program.text);
  files.add_installed(env.executable);
  int code = kExitDone;
  Descriptor executable = compile_program(options, program.text, files, env, code);
  if (code != kExitDone) return code;
  if (executable.get() < 0) return cannot_start(errno, options, env);

  const std::string record = files.record();
  const int64_t most = std::min(kMostBytes, rt::cache_size_bound());
  if (!record.empty() && store.keep(entry, executable.get(), record, most))
    (void)run::become(store.folder(), entry, program.words());
  return cannot_start(run::become(executable.get(), program.words()), options, env);
}

Result<std::string> program_text(const Options& options, DriverEnv& env) {
  if (options.code) return *options.code;
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
  run::Store store(run::store_path(env));
  const std::string entry = run::entry_name(program, env);
  run::start_stored(store, entry, program, env);
  return compile_and_start(program, store, entry, options, env);
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
