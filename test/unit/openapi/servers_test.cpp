#include "frontend/openapi/servers.h"

#include <gtest/gtest.h>

namespace pflow::openapi {
namespace {

TEST(OpenapiServers, AddressesAreMeantFromTheDocument) {
  constexpr const char* kBase = "https://example.com/apis/v1/openapi.json?x=/y";
  EXPECT_EQ(absolute_url(kBase, "http://other.example/"), "http://other.example");
  EXPECT_EQ(absolute_url(kBase, "{scheme}://host/x"), "{scheme}://host/x");
  EXPECT_EQ(absolute_url(kBase, "//cdn.example/x"), "https://cdn.example/x");
  EXPECT_EQ(absolute_url(kBase, "/"), "https://example.com");
  EXPECT_EQ(absolute_url(kBase, "/v2"), "https://example.com/v2");
  EXPECT_EQ(absolute_url(kBase, "v3"), "https://example.com/apis/v1/v3");
  EXPECT_EQ(absolute_url(kBase, "../v2/"), "https://example.com/apis/v2");
  EXPECT_EQ(absolute_url(kBase, "../../../v2"), "https://example.com/v2");
  EXPECT_EQ(absolute_url(kBase, "./"), "https://example.com/apis/v1");
  EXPECT_EQ(absolute_url("https://example.com", "v2"), "https://example.com/v2");
  EXPECT_EQ(absolute_url("", "/v2"), "/v2");
}

}  // namespace
}  // namespace pflow::openapi
