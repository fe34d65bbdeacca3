// pflowc test: the tests of programs, each in a process of its own.
#include <fmt/format.h>
#include <stdlib.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <thread>

#include "tools/driver/commands/commands.h"
#include "tools/driver/compile.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/input_check.h"
#include "tools/driver/input_files.h"
#include "tools/driver/junit.h"
#include "tools/driver/options.h"
#include "tools/driver/report.h"
#include "tools/driver/test_process.h"

namespace pflow {
namespace {

namespace fs = std::filesystem;

/// A test that would never end is ended.
constexpr std::chrono::seconds kBound{300};

/// A folder that goes with its owner.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string name = (fs::temp_directory_path() / "pflowc-test-XXXXXX").string();
    if (mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder() {
    std::error_code none;
    if (!path_.empty()) fs::remove_all(path_, none);
  }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

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
    if (scratch_.path().empty()) return cannot_write("the folder for temporary files");
    if (!options_.record_mode.empty()) setenv("PFLOW_RECORD_MODE", options_.record_mode.c_str(), 1);
    for (const std::string& file : files()) compile_tests(file);
    run_all();
    for (const TestResult& result : results_)
      if (!result.outcome.passed) show_failure(result);
    summarise();
    if (!options_.junit.empty()) {
      Result<Done> written = env_.files->write(options_.junit, junit_xml(results_, broken_));
      if (!written) return cannot_write(fmt::format("`{}`", options_.junit), written.message());
    }
    bool all = broken_.empty() && std::ranges::all_of(results_, [](const TestResult& result) {
                 return result.outcome.passed;
               });
    return all && !results_.empty() ? kExitDone : kExitErrors;
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

  void compile_tests(const std::string& file) {
    Options options = options_;
    options.emit = Emit::Executable;
    options.input = file;
    options.output = (scratch_.path() / std::to_string(programs_.size())).string();
    options.tests = true;
    std::vector<std::string> titles;
    if (compile(options, env_, &titles) != kExitDone) {
      broken_.push_back(file);
      return;
    }
    for (size_t i = 0; i < titles.size(); ++i) {
      if (titles[i].find(options_.filter) == std::string::npos) {
        ++filtered_;
        continue;
      }
      results_.push_back({file, titles[i], {}});
      jobs_.push_back({options.output, i});
    }
    programs_.push_back(options.output);
  }

  /// Several at a time; their lines appear in the order of the program.
  void run_all() {
    std::atomic<size_t> next{0};
    std::vector<std::atomic<bool>> done(jobs_.size());
    auto work = [&] {
      for (size_t i; (i = next++) < jobs_.size();) {
        results_[i].outcome =
            run_test_process({jobs_[i].program, jobs_[i].number, options_.allow_net}, kBound);
        done[i] = true;
        done[i].notify_one();
      }
    };
    std::vector<std::thread> workers;
    const size_t most = std::max<size_t>(1, std::thread::hardware_concurrency());
    for (size_t i = 0; i < std::min(most, jobs_.size()); ++i) workers.emplace_back(work);
    for (size_t i = 0; i < jobs_.size(); ++i) {
      done[i].wait(false);
      const TestResult& result = results_[i];
      say(fmt::format("{}: {} ... {}\n", result.file, result.title,
                      result.outcome.passed ? "ok" : "FAILED"));
    }
    for (std::thread& worker : workers) worker.join();
  }

  void show_failure(const TestResult& result) {
    say(fmt::format("\n---- {}: {}\n", result.file, result.title));
    say(result.outcome.out);
    if (!result.outcome.out.empty() && !result.outcome.out.ends_with('\n')) say("\n");
    say(result.outcome.err);
  }

  void summarise() {
    const auto passed = static_cast<size_t>(std::ranges::count_if(
        results_, [](const TestResult& result) { return result.outcome.passed; }));
    std::string line = fmt::format("\n{} passed, {} failed", passed, results_.size() - passed);
    if (filtered_ != 0) line += fmt::format(", {} filtered out", filtered_);
    if (!broken_.empty())
      line += fmt::format(", {} {} not compile", broken_.size(),
                          broken_.size() == 1 ? "program does" : "programs do");
    say(line + "\n");
    if (results_.empty() && broken_.empty()) say(fmt::format("no test ran: {}\n", why_none_ran()));
  }

  /// A run without tests is no success, which would stay one for ever.
  [[nodiscard]] std::string why_none_ran() const {
    if (filtered_ != 0) return fmt::format("no title holds `{}`", options_.filter);
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

  struct Job {
    std::string program;
    size_t number;
  };

  const Options& options_;
  DriverEnv& env_;
  ScratchFolder scratch_;
  std::vector<std::string> programs_;
  std::vector<TestResult> results_;
  std::vector<Job> jobs_;            ///< beside `results_`
  std::vector<std::string> broken_;  ///< programs that do not compile
  size_t filtered_ = 0;
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

std::vector<OptionRows> rows() { return {kOptions, kCodeOptions, kChecksOptions, kCommonOptions}; }

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
