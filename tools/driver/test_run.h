/// Tests of programs: compiled, then each run in a process of its own.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tools/driver/driver_env.h"
#include "tools/driver/junit.h"
#include "tools/driver/options.h"
#include "tools/driver/scratch_folder.h"

namespace pflow {

class TestRun {
 public:
  TestRun(const Options& options, DriverEnv& env) : options_(options), env_(env) {}

  /// Whether there is a folder for the executables.
  [[nodiscard]] bool has_room() const { return !scratch_.path().empty(); }
  /// Compiles the tests of a program whose titles hold the filter. Diagnostics are shown.
  void compile_tests(const std::string& file);
  /// Runs them, several at a time; `each` is called in the order of the programs.
  void run(const std::function<void(const TestResult&)>& each);

  [[nodiscard]] const std::vector<TestResult>& results() const { return results_; }
  [[nodiscard]] const std::vector<std::string>& broken() const { return broken_; }
  [[nodiscard]] size_t filtered() const { return filtered_; }
  [[nodiscard]] size_t passed() const;
  /// `3 passed, 1 failed`.
  [[nodiscard]] std::string counts() const;
  /// What the tests that failed printed and reported.
  [[nodiscard]] std::string failures() const;

 private:
  struct Job {
    std::string program;
    size_t number;
  };

  const Options& options_;
  DriverEnv& env_;
  ScratchFolder scratch_{"pflowc-test"};
  std::vector<std::string> programs_;
  std::vector<TestResult> results_;
  std::vector<Job> jobs_;            ///< beside `results_`
  std::vector<std::string> broken_;  ///< programs that do not compile
  size_t filtered_ = 0;
};

}  // namespace pflow
