#include "support/check.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <vector>

namespace pflow {
namespace {

/// What a broken invariant says; empty when none was.
template <typename Body>
std::string told(const Body& body) {
  try {
    body();
  } catch (const BrokenInvariant& broken) {
    return broken.what();
  }
  return "";
}

TEST(Check, SaysFileLineAndMessage) {
  const int line = __LINE__ + 1;
  std::string what = told([] { PFLOW_CHECK(1 + 1 == 3, "the sum is wrong"); });
  EXPECT_EQ(what, fmt::format("check_test.cpp:{}: the sum is wrong", line));
}

TEST(Check, OfWhatHoldsMakesNoMessage) {
  int made = 0;
  auto message = [&made] { return ++made, "never needed"; };
  EXPECT_EQ(told([&] { PFLOW_CHECK(made == 0, message()); }), "");
  EXPECT_EQ(made, 0);
}

TEST(Check, UnreachableSaysWhere) {
  const int line = __LINE__ + 1;
  std::string what = told([] { PFLOW_UNREACHABLE("nobody comes here"); });
  EXPECT_EQ(what, fmt::format("check_test.cpp:{}: nobody comes here", line));
}

#if __has_feature(address_sanitizer) && !defined(_GLIBCXX_ASSERTIONS)
#error "builds with sanitizers check the uses of the standard library"
#endif
#ifdef _GLIBCXX_ASSERTIONS
TEST(StandardLibraryDeathTest, ChecksItsUses) {
  std::vector<int> three(3);
  volatile size_t at = 3;
  EXPECT_DEATH(three[at] = 1, "__n < this->size\\(\\)");
}
#endif

}  // namespace
}  // namespace pflow
