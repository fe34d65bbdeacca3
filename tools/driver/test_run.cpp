#include "tools/driver/test_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

#include "tools/driver/compile.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/test_process.h"

namespace pflow {
namespace {

/// A test that would never end is ended.
constexpr std::chrono::seconds kBound{300};

}  // namespace

void TestRun::compile_tests(const std::string& file) {
  Options options = options_;
  options.emit = Emit::Executable;
  options.input = file;
  options.output = (scratch_.path() / std::to_string(programs_.size())).string();
  options.tests = true;
  options.starts = true;
  CompileReport report;
  if (compile(options, env_, &report) != kExitDone) {
    broken_.push_back(file);
    return;
  }
  const std::vector<std::string>& titles = report.test_titles;
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

void TestRun::run(const std::function<void(const TestResult&)>& each) {
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
    each(results_[i]);
  }
  for (std::thread& worker : workers) worker.join();
}

size_t TestRun::passed() const {
  return static_cast<size_t>(std::ranges::count_if(
      results_, [](const TestResult& result) { return result.outcome.passed; }));
}

std::string TestRun::counts() const {
  return fmt::format("{} passed, {} failed", passed(), results_.size() - passed());
}

std::string TestRun::failures() const {
  std::string text;
  for (const TestResult& result : results_) {
    if (result.outcome.passed) continue;
    text += fmt::format("\n---- {}: {}\n{}", result.file, result.title, result.outcome.out);
    if (!result.outcome.out.empty() && !result.outcome.out.ends_with('\n')) text += "\n";
    text += result.outcome.err;
  }
  return text;
}

}  // namespace pflow
