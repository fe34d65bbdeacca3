/// One test as a process: started, bounded in time, its output kept.
#pragma once

#include <chrono>
#include <string>

namespace pflow {

struct TestOutcome {
  bool passed = false;
  std::string out;  ///< what it printed
  std::string err;  ///< what it reported; why it could not run
  double seconds = 0;
};

struct TestProcess {
  std::string program;
  size_t number;
  bool allow_net;  ///< its calls may use the network
};

/// Runs it in the current folder with nothing on standard input. After `bound` it is killed
/// with all that it has started.
[[nodiscard]] TestOutcome run_test_process(const TestProcess& test, std::chrono::seconds bound);

}  // namespace pflow
