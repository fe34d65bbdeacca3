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

/// Runs `program NUMBER` in the current folder with nothing on standard input. After
/// `bound` it is killed with all that it has started.
[[nodiscard]] TestOutcome run_test_process(const std::string& program, size_t number,
                                           std::chrono::seconds bound);

}  // namespace pflow
