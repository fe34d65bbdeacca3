#include <gtest/gtest.h>

#include <string>

#include "runtime/src/http/no_proxy.h"

using pflow::is_without_proxy;

namespace {

TEST(NoProxy, Names) {
  EXPECT_TRUE(is_without_proxy("example.org", "example.org"));
  EXPECT_TRUE(is_without_proxy("www.example.org", "a.org, .EXAMPLE.org\tb.org"));
  EXPECT_TRUE(is_without_proxy("example.org.", "example.org"));
  EXPECT_FALSE(is_without_proxy("myexample.org", "example.org"));
  EXPECT_FALSE(is_without_proxy("example.org", "www.example.org"));
  EXPECT_FALSE(is_without_proxy("example.org", ""));
  EXPECT_FALSE(is_without_proxy("example.org", ",. ,"));
  EXPECT_TRUE(is_without_proxy("example.org", "x *"));
  EXPECT_FALSE(is_without_proxy("example.org", "*.org"));
  EXPECT_FALSE(is_without_proxy("a", std::string(5000, 'a').c_str()));
}

TEST(NoProxy, Addresses) {
  EXPECT_TRUE(is_without_proxy("10.1.2.3", "10.1.2.3"));
  EXPECT_FALSE(is_without_proxy("10.1.2.3", "2.3"));
  EXPECT_TRUE(is_without_proxy("[::1]", "::1"));
  EXPECT_TRUE(is_without_proxy("[::1]", "[0:0::1]"));
  EXPECT_FALSE(is_without_proxy("[::1]", "127.0.0.1"));
}

TEST(NoProxy, Networks) {
  EXPECT_TRUE(is_without_proxy("10.1.2.3", "10.0.0.0/8"));
  EXPECT_TRUE(is_without_proxy("10.1.2.3", "10.1.2.2/31"));
  EXPECT_FALSE(is_without_proxy("10.1.2.3", "10.1.2.2/32"));
  EXPECT_TRUE(is_without_proxy("10.1.2.3", "0.0.0.0/0"));
  EXPECT_TRUE(is_without_proxy("[fd00::7]", "fd00::/8"));
  EXPECT_FALSE(is_without_proxy("[fe00::7]", "fd00::/8"));
  for (const char* none : {"10.0.0.0/", "10.0.0.0/x", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0/8"})
    EXPECT_FALSE(is_without_proxy("10.1.2.3", none)) << none;
}

}  // namespace
