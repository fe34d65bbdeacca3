// No part of an address that may be a password is shown, also of what is no address.
#include "pflow/shown_url.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

std::string shown(std::string_view url) {
  pflow::ShownUrl pieces = pflow::shown_url(url);
  return std::string(pieces.scheme) + std::string(pieces.rest);
}

TEST(ShownUrl, AddressesWithoutSecretsStay) {
  for (const char* url : {"https://h", "http://h:80/a/b", "http://[::1]:8080/x", "", "x",
                          "https://unpkg.com/@scope/name@1.2/file", "https://h:443/a:b@c"})
    EXPECT_EQ(shown(url), url);
}

TEST(ShownUrl, WithoutUserQueryAndFragment) {
  EXPECT_EQ(shown("https://me:pw@h/x?key=k#f"), "https://h/x");
  EXPECT_EQ(shown("https://h?x=@y"), "https://h");
  EXPECT_EQ(shown("http://me@x.org:pw@h/"), "http://h/");
  EXPECT_EQ(shown("http://me:a@b@h/"), "http://h/");
  EXPECT_EQ(shown("http://me:pw@[::1"), "http://[::1");
  EXPECT_EQ(shown("http://me:pw@h h/"), "http://h h/");
}

TEST(ShownUrl, PasswordsWithWhatEndsAHost) {
  for (const char* url : {"http://me:a/pw@h/", "http://me:a?pw@h/", "http://me:a#pw@h/"})
    EXPECT_EQ(shown(url), "http://h/");
}

TEST(ShownUrl, WhatHasNoScheme) {
  for (const char* url : {"me:pw@h/", "//me:pw@h/", "http:/me:pw@h/", "me:p://w@h/"})
    EXPECT_EQ(shown(url), "h/");
}

}  // namespace
