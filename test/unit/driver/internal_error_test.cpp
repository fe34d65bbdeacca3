#include "tools/driver/internal_error.h"

#include <gtest/gtest.h>
#include <signal.h>

#include <cstdlib>

#include "tools/driver/driver.h"

namespace pflow {
namespace {

TEST(CommandLine, IsQuotedForAShell) {
  std::vector<std::string> arguments = {"a.pf", "--passes=a,b", "my file.pf", "it's", ""};
  EXPECT_EQ(command_line(arguments), R"(pflowc a.pf --passes=a,b 'my file.pf' 'it'\''s' '')");
}

TEST(CrashHandlerDeathTest, AbortPrintsTheBanner) {
  EXPECT_EXIT(
      {
        install_crash_handler("pflowc a.pf");
        std::abort();
      },
      testing::ExitedWithCode(kExitInternal),
      "pflowc: internal error: abort\nThis is a bug in pflowc .*To repeat it:\n    pflowc a.pf");
}

#if !__has_feature(address_sanitizer)
int overflow_stack(int depth) {
  volatile char page[4096] = {};
  page[0] = static_cast<char>(depth);
  return depth < 0 ? 0 : overflow_stack(depth + 1) + page[0];
}

TEST(CrashHandlerDeathTest, AnOverflowedStackPrintsTheBanner) {
  EXPECT_EXIT(
      {
        install_crash_handler("pflowc a.pf");
        std::exit(overflow_stack(1));
      },
      testing::ExitedWithCode(kExitInternal), "internal error: segmentation fault");
}
#endif

}  // namespace
}  // namespace pflow
