#include <gtest/gtest.h>

#include "runtime/src/cassettes/filters.h"
#include "runtime/src/cassettes/inflate.h"
#include "runtime/src/cassettes/json_value.h"
#include "runtime/src/cassettes/request_key.h"
#include "runtime/src/cassettes/secret_words.h"
#include "runtime/src/cassettes/url_parts.h"
#include "runtime/src/program/used_keys.h"
#include "test/unit/runtime/values.h"

using namespace pflow::cassettes;

namespace {

std::string key_of(const std::string& url, const std::string& body = "") {
  Interaction request;
  request.method = "POST";
  request.url = url;
  request.request_body = body;
  return request_key(request);
}

TEST(Cassettes, AddressesThatAreTheSame) {
  EXPECT_EQ(key_of("HTTPS://Example.org:443/a?b=2&a=1#part"),
            key_of("https://example.org/a?a=1&b=2"));
  EXPECT_EQ(key_of("http://example.org"), key_of("http://example.org:80/"));
  EXPECT_EQ(key_of("http://a/?x=a%20b"), key_of("http://a/?x=a+b"));
  EXPECT_NE(key_of("http://a/?x=1&x=2"), key_of("http://a/?x=1"));
  EXPECT_NE(key_of("http://a:443/"), key_of("http://a/"));
  EXPECT_NE(key_of("http://a/A"), key_of("http://a/a"));
}

TEST(Cassettes, BodiesThatAreTheSame) {
  EXPECT_EQ(key_of("http://a/", R"({"a": [1, {"c": null, "b": "é"}]})"),
            key_of("http://a/", "{\"a\":[1.0,{\"b\":\"\\u00e9\",\"c\":null}]}"));
  EXPECT_NE(key_of("http://a/", "[1,2]"), key_of("http://a/", "[2,1]"));
  EXPECT_NE(key_of("http://a/", R"({"a":"1"})"), key_of("http://a/", R"({"a":1})"));
  // What is no JSON counts by its bytes.
  EXPECT_NE(key_of("http://a/", "{1 }"), key_of("http://a/", "{1}"));
}

std::string difference(std::string_view left, std::string_view right) {
  JsonValue ours(left), theirs(right);
  JsonDifference found = json_difference(ours.get(), theirs.get());
  return std::to_string(found.count) + " " + found.path + ": " + found.left + " / " + found.right;
}

TEST(Cassettes, WhereBodiesDiffer) {
  EXPECT_EQ(difference(R"({"a":[1,{"b":"x"}]})", R"({"a":[1,{"b":"y"}]})"),
            "1 a[1].b: \"x\" / \"y\"");
  EXPECT_EQ(difference(R"({"a":1,"b":2})", R"({"b":2})"), "1 a: 1 / ");
  EXPECT_EQ(difference("[1]", "[1,2,3]"), "2 [1]:  / 2");
  EXPECT_EQ(difference("[1]", "{}"), "1 : [1] / {}");
  EXPECT_EQ(difference("[1.0]", "[1]"), "0 :  / ");
}

TEST(Cassettes, KeysByTheirForm) {
  EXPECT_EQ(find_key("a sk-abcdefghij1234567890, b"), "sk-abcdefghij1234567890");
  EXPECT_EQ(find_key("{\"k\":\"AIzaSyA1234567890abcdefghijklmnopqrst\"}"),
            "AIzaSyA1234567890abcdefghijklmnopqrst");
  EXPECT_EQ(find_key("task-abcdefghij1234567890"), "");
  EXPECT_EQ(find_key("sk-a-word-with-many-letters-in-it"), "");
  EXPECT_EQ(find_key("sk-short1234"), "");
}

TEST(Cassettes, StandInsAreNoSecrets) {
  for (const char* value : {"Bearer DUMMY_KEY", "XXXXXXXXXXXXXXXX", "[removed]", "badkey", ""})
    EXPECT_FALSE(may_be_secret(value)) << value;
  for (const char* value : {"Bearer abc123def456", "abc123def456ghi", "Basic YTpiY2RlZg=="})
    EXPECT_TRUE(may_be_secret(value)) << value;
}

TEST(Cassettes, WhatIsLeftOut) {
  pflow::rt::note_key(values::lit("abcd"));
  pflow::rt::note_key(values::lit("a long key/with a slash"));
  Interaction asked;
  asked.url = "https://me:pw@a/p?key=1&q=a%20long%20key%2Fwith%20a%20slash&z=abcd#f";
  asked.request_headers = {{"X-Any", {"1"}}, {"Accept", {"abcd"}}, {"authorization", {"x"}}};
  asked.request_body = R"({"password" : "a\"b", "said": "abcde abcd", "q": "\"password\": \"x\""})";
  filter_request(asked);
  EXPECT_EQ(asked.url, "https://a/p?q=[removed]&z=[removed]");
  ASSERT_EQ(asked.request_headers.size(), 1U);
  EXPECT_EQ(asked.request_headers[0].values[0], "[removed]");
  EXPECT_EQ(asked.request_body,
            R"({"password" : "[removed]", "said": "abcde [removed]", "q": "\"password\": \"x\""})");
  Interaction answered;
  answered.headers = {{"set-cookie", {"a"}},
                      {"OpenAI-Organization", {"me"}},
                      {"Location", {"/p?x=1&X-Amz-Signature=abc", "/p?sig=1"}}};
  answered.body = "data: {\"access_token\":\"t\"}\n\ndata: {\"id_token\":null}\n";
  filter_answer(answered);
  ASSERT_EQ(answered.headers.size(), 1U);
  EXPECT_EQ(answered.headers[0].values, (std::vector<std::string>{"/p?x=1", "/p"}));
  EXPECT_EQ(answered.body, "data: {\"access_token\":\"[removed]\"}\n\ndata: {\"id_token\":null}\n");
}

TEST(Cassettes, CompressedBodies) {
  // Of "hello": gzip, and deflate with and without its head.
  const std::string gzip(
      "\x1f\x8b\x08\0\0\0\0\0\0\x03\xcb\x48\xcd\xc9\xc9\x07\0\x86\xa6\x10\x36\x05\0\0\0", 25);
  const std::string zlib("\x78\x9c\xcb\x48\xcd\xc9\xc9\x07\0\x06\x2c\x02\x15", 13);
  std::string out;
  EXPECT_EQ(inflate_body("gzip", gzip, out), nullptr);
  EXPECT_EQ(out, "hello");
  EXPECT_EQ(inflate_body("deflate", zlib, out), nullptr);
  EXPECT_EQ(out, "hello");
  EXPECT_EQ(inflate_body("deflate", zlib.substr(2, 7), out), nullptr);
  EXPECT_EQ(out, "hello");
  EXPECT_EQ(inflate_body("gzip", "plain é", out), nullptr);
  EXPECT_EQ(out, "plain é");
  EXPECT_STREQ(inflate_body("gzip", gzip.substr(0, 15), out), "its body is no whole gzip");
  EXPECT_NE(inflate_body("br", "x", out), nullptr);
}

}  // namespace
