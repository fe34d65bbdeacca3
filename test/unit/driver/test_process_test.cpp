#include "tools/driver/test_process.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace pflow {
namespace {

using std::chrono::seconds;

/// A program that is a script; `$1` is the number of the test.
class TestProcess : public testing::Test {
 protected:
  TestProcess() : path_(testing::TempDir() + "pflow-test-" + std::to_string(getpid()) + ".sh") {}
  ~TestProcess() override { std::filesystem::remove(path_); }

  [[nodiscard]] TestOutcome run(const std::string& script, seconds bound = seconds(300)) const {
    std::ofstream(path_) << "#!/bin/sh\n" << script << "\n";
    ::chmod(path_.c_str(), 0700);
    return run_test_process({path_, 7, false}, bound);
  }

 private:
  std::string path_;
};

TEST_F(TestProcess, KeepsWhatIsPrintedAndReported) {
  TestOutcome outcome = run("echo \"test $1\"; echo why >&2");
  EXPECT_TRUE(outcome.passed);
  EXPECT_EQ(outcome.out, "test 7\n");
  EXPECT_EQ(outcome.err, "why\n");
}

TEST_F(TestProcess, AnExitCodeIsAFailure) {
  TestOutcome outcome = run("exit 1");
  EXPECT_FALSE(outcome.passed);
  EXPECT_EQ(outcome.err, "");
}

TEST_F(TestProcess, ASignalIsNamed) {
  EXPECT_EQ(run("kill -9 $$").err, "the test died of signal 9\n");
}

TEST_F(TestProcess, HasNothingOnStandardInput) { EXPECT_EQ(run("cat; echo end").out, "end\n"); }

TEST_F(TestProcess, IsEndedWithAllThatItHasStarted) {
  TestOutcome outcome = run("sleep 1000 & sleep 1000", seconds(0));
  EXPECT_FALSE(outcome.passed);
  EXPECT_EQ(outcome.err, "the test was ended after 0 seconds\n");
}

TEST_F(TestProcess, OnlyTheBeginningOfALongOutputIsKept) {
  TestOutcome outcome = run("head -c 3000000 /dev/zero");
  EXPECT_TRUE(outcome.passed);
  EXPECT_EQ(outcome.out.size(), size_t{1} << 20);
}

TEST_F(TestProcess, AProgramThatIsNotThereDoesNotPass) {
  TestOutcome outcome = run_test_process({"/nonexistent/program", 0, false}, seconds(300));
  EXPECT_FALSE(outcome.passed);
  EXPECT_EQ(outcome.err, "the test could not be started\n");
}

}  // namespace
}  // namespace pflow
