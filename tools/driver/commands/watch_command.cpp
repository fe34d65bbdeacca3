// pflowc watch: checks a program and runs its tests whenever it or what it imports is saved.
#include <fmt/format.h>
#include <time.h>

#include "tools/driver/commands/commands.h"
#include "tools/driver/end_on_signal.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/input_check.h"
#include "tools/driver/options.h"
#include "tools/driver/report.h"
#include "tools/driver/run/recorded_files.h"
#include "tools/driver/test_run.h"
#include "tools/driver/toolchain.h"
#include "tools/driver/watched_files.h"

namespace pflow {
namespace {

std::string time_of_day() {
  const time_t now = time(nullptr);
  tm local{};
  localtime_r(&now, &local);
  return fmt::format("{:02}:{:02}:{:02}", local.tm_hour, local.tm_min, local.tm_sec);
}

std::string outcome(const TestRun& tests) {
  if (!tests.broken().empty()) return "errors";
  if (!tests.results().empty()) return tests.counts();
  return tests.filtered() == 0 ? "no errors, no tests" : "no errors, all tests filtered out";
}

/// Checks, tests, and prints a line.
int round(const Options& options, DriverEnv& env) {
  TestRun tests(options, env);
  tests.compile_tests(options.input);
  tests.run([](const TestResult&) {});
  std::string text = tests.failures();
  if (!text.empty()) text += "\n";
  text += fmt::format("{} {}: {}\n", time_of_day(), options.input, outcome(tests));
  return print(text, options, env);
}

/// What comes through a pipe does not change.
bool is_file(const Options& options, DriverEnv& env) {
  if (options.input != "-" && env.files->kind(options.input) == FileKind::File) return true;
  Diagnostics diagnostics;
  diagnostics.report(diag::command_action, {}, "watch", "a file", "`" + options.input + "`");
  show(diagnostics, SourceMap(), options, env);
  return false;
}

int watch(const Options& options, DriverEnv& env) {
  if (!check_input(options, env) || !is_file(options, env)) return kExitUsage;
  EndOnSignal end_on_signal;
  WatchedFiles watched;
  for (;;) {
    watched.forget();
    run::RecordedFiles files(*env.files, find_toolchain(env).nodes);
    DriverEnv recorded = env;
    recorded.files = &files;
    if (int code = round(options, recorded); code != kExitDone) return code;
    for (const std::string& path : files.paths()) watched.add(path);
    // What has changed before it was watched is seen by itself.
    while (run::still_holds(files.answers(), *env.files) && !watched.wait())
      for (const std::string& path : files.paths()) watched.add(path);
  }
}

constexpr OptionRow kOptions[] = {
    {"--filter", "TEXT", "run the tests whose titles hold it", set_text<&Options::filter>},
    {"--allow-net", "", "calls of tests may use the network", set_flag<&Options::allow_net>},
};

std::vector<OptionRows> rows() {
  return {kOptions, kCodeOptions, kChecksOptions, kPackageOptions, kCommonOptions};
}

}  // namespace

constexpr Command kWatchCommand = {
    "watch", "check a program and run its tests at each save", "FILE.pf", "review.pf", rows, watch};

}  // namespace pflow
