// pf_test_main: one test of a program of tests. `pflowc test` runs each in a process
// of its own.
#include <stdlib.h>
#include <string.h>

#include "runtime/src/failures/report.h"
#include "runtime/src/program/program.h"
#include "runtime/src/running/timers.h"
#include "runtime/src/testing/network.h"
#include "runtime/src/values/buffer.h"

namespace pflow::rt {
namespace {

constexpr int kFailed = 1;
constexpr int kUsage = 2;

int refuse(const char* given, size_t count) {
  Buffer message, help;
  message.format("there is no test `%s`", given);
  help.format("this program is made for `pflowc test`; it has tests 0 to %zu", count - 1);
  print_report({PF_E_USAGE, nullptr, message.text(), help.text()});
  return kUsage;
}

/// What a flow has handled so that it went on without the network was not what is tested.
int end_test(int code) {
  const pf_site* refused = refused_call();
  if (code != 0 || !refused) return code;
  Buffer message, help;
  message.format("`%s` was refused the network, and the flow went on without it", refused->node);
  help.format("say what it gives, `stub %s = …`, or run `pflowc test --allow-net`", refused->node);
  print_report({PF_E_CONFIG, refused, message.text(), help.text()});
  return kFailed;
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
  if (argc > 2 && strcmp(argv[2], "--allow-net") == 0) allow_network();
  return end_test(start_program(1, argv, *tests[number].program));
}
