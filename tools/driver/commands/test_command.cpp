// pflowc test: the tests of programs, each in a process of its own.
#include <fmt/format.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>

#include "tools/driver/commands/commands.h"
#include "tools/driver/end_on_signal.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/input_check.h"
#include "tools/driver/input_files.h"
#include "tools/driver/junit.h"
#include "tools/driver/options.h"
#include "tools/driver/report.h"
#include "tools/driver/test_run.h"

namespace pflow {
namespace {

namespace fs = std::filesystem;

/// Whether a line of the text begins a test.
bool has_tests(std::string_view text) {
  for (size_t at = 0; (at = text.find("test", at)) != std::string_view::npos; at += 4) {
    size_t line = text.rfind('\n', at);
    line = line == std::string_view::npos ? 0 : line + 1;
    if (text.substr(line, at - line).find_first_not_of(" \t") != std::string_view::npos) continue;
    size_t next = text.find_first_not_of(" \t", at + 4);
    if (next != std::string_view::npos && text[next] == '"') return true;
  }
  return false;
}

class TestCommand {
 public:
  TestCommand(const Options& options, DriverEnv& env) : options_(options), env_(env) {}

  int run() {
    if (!tests_.has_room()) return cannot_write("the folder for temporary files");
    if (!options_.record_mode.empty()) setenv("PFLOW_RECORD_MODE", options_.record_mode.c_str(), 1);
    for (const std::string& file : files()) tests_.compile_tests(file);
    tests_.run([&](const TestResult& result) {
      say(fmt::format("{}: {} ... {}\n", result.file, result.title,
                      result.outcome.passed ? "ok" : "FAILED"));
    });
    say(tests_.failures());
    summarise();
    if (!options_.junit.empty()) {
      Result<Done> written =
          env_.files->write(options_.junit, junit_xml(tests_.results(), tests_.broken()));
      if (!written) return cannot_write(fmt::format("`{}`", options_.junit), written.message());
    }
    const size_t count = tests_.results().size();
    bool all = tests_.broken().empty() && tests_.passed() == count;
    return all && count != 0 ? kExitDone : kExitErrors;
  }

 private:
  /// The programs asked for; of a folder those below it that hold tests.
  [[nodiscard]] std::vector<std::string> files() const {
    std::vector<std::string> found = files_of(options_.words);
    std::erase_if(found, [&](const std::string& file) {
      if (std::ranges::find(options_.words, file) != options_.words.end()) return false;
      Result<std::string> text = env_.files->read(file);
      return !text || !has_tests(*text);
    });
    return found;
  }

  void summarise() {
    std::string line = "\n" + tests_.counts();
    if (tests_.filtered() != 0) line += fmt::format(", {} filtered out", tests_.filtered());
    if (const size_t broken = tests_.broken().size(); broken != 0)
      line +=
          fmt::format(", {} {} not compile", broken, broken == 1 ? "program does" : "programs do");
    say(line + "\n");
    if (tests_.results().empty() && tests_.broken().empty())
      say(fmt::format("no test ran: {}\n", why_none_ran()));
  }

  /// A run without tests is no success, which would stay one for ever.
  [[nodiscard]] std::string why_none_ran() const {
    if (tests_.filtered() != 0) return fmt::format("no title holds `{}`", options_.filter);
    std::string where;
    for (const std::string& input : options_.words)
      where += fmt::format("{}`{}`", where.empty() ? "" : ", ", input);
    return fmt::format("there is none in {}", where.empty() ? "the working directory" : where);
  }

  void say(std::string_view text) {
    if (!text.empty()) (void)env_.out(text);
  }

  int cannot_write(const std::string& what, const std::string& why = "no room for it") {
    Diagnostics diagnostics;
    diagnostics.report(diag::cannot_write, {}, what, why);
    show(diagnostics, SourceMap(), options_, env_);
    return kExitErrors;
  }

  const Options& options_;
  DriverEnv& env_;
  EndOnSignal end_on_signal_;
  TestRun tests_{options_, env_};
};

std::string_view set_junit(Options& options, const std::string& value) {
  options.junit = value;
  return value.empty() ? "a file name" : "";
}

std::string_view set_record_mode(Options& options, const std::string& value) {
  options.record_mode = value;
  const bool known =
      value == "once" || value == "new_episodes" || value == "all" || value == "none";
  return known ? "" : "once, new_episodes, all or none";
}

constexpr OptionRow kOptions[] = {
    {"--filter", "TEXT", "run the tests whose titles hold it", set_text<&Options::filter>},
    {"--junit", "FILE", "write the results as JUnit's XML", set_junit},
    {"--record-mode", "MODE", "record cassettes: once, new_episodes, all or none", set_record_mode},
    {"--allow-net", "", "calls may use the network", set_flag<&Options::allow_net>},
};

std::vector<OptionRows> rows() {
  return {kOptions, kCodeOptions, kChecksOptions, kPackageOptions, kCommonOptions};
}

int run(const Options& options, DriverEnv& env) {
  if (!check_inputs(options, env)) return kExitUsage;
  return TestCommand(options, env).run();
}

}  // namespace

constexpr Command kTestCommand = {"test",
                                  "run the tests of programs, or of all below a folder",
                                  "[FILE.pf | FOLDER]...",
                                  "--filter retry flows",
                                  rows,
                                  run};

}  // namespace pflow
