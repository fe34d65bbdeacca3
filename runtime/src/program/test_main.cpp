// pf_test_main: one test of a program of tests. `pflowc test` runs each in a process
// of its own.
#include <stdlib.h>

#include "runtime/src/failures/report.h"
#include "runtime/src/program/program.h"
#include "runtime/src/running/timers.h"
#include "runtime/src/values/buffer.h"

namespace pflow::rt {
namespace {

constexpr int kUsage = 2;

int refuse(const char* given, size_t count) {
  Buffer message, help;
  message.format("there is no test `%s`", given);
  help.format("this program is made for `pflowc test`; it has tests 0 to %zu", count - 1);
  print_report({PF_E_USAGE, nullptr, message.text(), help.text()});
  return kUsage;
}

}  // namespace
}  // namespace pflow::rt

int pf_test_main(int argc, char** argv, const pf_test* tests, size_t count) {
  using namespace pflow::rt;
  const char* given = argc > 1 ? argv[1] : "";
  char* end;
  unsigned long number = strtoul(given, &end, 10);
  if (end == given || *end || number >= count) return refuse(given, count);
  use_virtual_time();
  argv[1] = argv[0];
  return start_program(argc - 1, argv + 1, *tests[number].program);
}
