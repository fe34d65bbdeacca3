#include "tools/driver/run/remote.h"

#include <gtest/gtest.h>

namespace pflow::run {
namespace {

TEST(Remote, AddressesOfTheWeb) {
  EXPECT_TRUE(is_remote("https://example.org/a.pf"));
  EXPECT_TRUE(is_remote("http://example.org/a.pf"));
  EXPECT_FALSE(is_remote("http/a.pf"));
  EXPECT_FALSE(is_remote("file:///a.pf"));
  EXPECT_FALSE(is_remote("-"));
}

TEST(Remote, ATextCannotControlTheTerminal) {
  EXPECT_EQ(as_visible("a\tb\n"), "a\tb\n");
  EXPECT_EQ(as_visible("grüße €"), "grüße €");
  EXPECT_EQ(as_visible("\x1b[2J"), "\uFFFD[2J");
  EXPECT_EQ(as_visible("a\rb\x7f"), "a\uFFFDb\uFFFD");
  EXPECT_EQ(as_visible("\xc2\x9b"
                       "2J"),
            "\uFFFD2J");  // the same in one character
  EXPECT_EQ(as_visible("a\u202eb\u2066c"), "a\uFFFDb\uFFFDc");
  EXPECT_EQ(as_visible("\xe2"), "\xe2");  // cut
}

}  // namespace
}  // namespace pflow::run
