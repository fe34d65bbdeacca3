/// Test results in JUnit's XML, as CI systems read it.
#pragma once

#include <string>
#include <vector>

#include "tools/driver/test_process.h"

namespace pflow {

struct TestResult {
  std::string file;
  std::string title;
  TestOutcome outcome;
};

/// One test suite a file, in the order of `results`; one with an error for each program
/// of `broken`, which do not compile.
[[nodiscard]] std::string junit_xml(const std::vector<TestResult>& results,
                                    const std::vector<std::string>& broken);

}  // namespace pflow
