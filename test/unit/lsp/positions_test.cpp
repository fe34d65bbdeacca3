#include "tools/lsp/positions.h"

#include <gtest/gtest.h>

#include "tools/lsp/documents.h"
#include "tools/lsp/uri.h"

namespace pflow::lsp {
namespace {

TEST(Lines, CountUnitsOfTheirEncoding) {
  std::string_view text = "a\xF0\x9F\x90\xA2\xC3\xA9z\nb";  // a 🐢 é z
  Lines lines(text);
  EXPECT_EQ(lines.offset({0, 1}, Encoding::Utf16), 1U);
  EXPECT_EQ(lines.offset({0, 2}, Encoding::Utf16), 1U);  // inside of the surrogates
  EXPECT_EQ(lines.offset({0, 3}, Encoding::Utf16), 5U);
  EXPECT_EQ(lines.offset({0, 4}, Encoding::Utf16), 7U);
  EXPECT_EQ(lines.offset({0, 7}, Encoding::Utf8), 7U);
  EXPECT_EQ(lines.position(7, Encoding::Utf16), (Position{0, 4}));
  EXPECT_EQ(lines.position(7, Encoding::Utf8), (Position{0, 7}));
  EXPECT_EQ(lines.position(9, Encoding::Utf16), (Position{1, 0}));
}

TEST(Lines, EndAtEachKindOfLineEnd) {
  Lines lines("a\r\nb\rc\nd");
  EXPECT_EQ(lines.count(), 4U);
  EXPECT_EQ(lines.offset({0, 99}, Encoding::Utf16), 1U);
  EXPECT_EQ(lines.offset({1, 0}, Encoding::Utf16), 3U);
  EXPECT_EQ(lines.offset({2, 0}, Encoding::Utf16), 5U);
  EXPECT_EQ(lines.offset({3, 9}, Encoding::Utf16), 8U);
  EXPECT_EQ(lines.offset({9, 0}, Encoding::Utf16), 8U);
}

TEST(Lines, TakeBytesThatAreNoText) {
  std::string_view text = "\xFF\xF0\x9F\n\xC3";
  Lines lines(text);
  for (size_t at = 0; at <= text.size(); ++at)
    EXPECT_EQ(lines.offset(lines.position(at, Encoding::Utf8), Encoding::Utf8), at);
}

TEST(Documents, ChangesReplaceRanges) {
  std::string text = "one\ntwo\n";
  apply_change(text, json::parse(R"({"range": {"start": {"line": 1, "character": 0},
                                      "end": {"line": 1, "character": 3}}, "text": "2"})"),
               Encoding::Utf16);
  EXPECT_EQ(text, "one\n2\n");
  apply_change(text, json::parse(R"({"range": {"start": {"line": 9, "character": 9},
                                      "end": {"line": 0, "character": 1}}, "text": "!"})"),
               Encoding::Utf16);
  EXPECT_EQ(text, "o!");
  apply_change(text, json::parse(R"({"text": "new"})"), Encoding::Utf16);
  EXPECT_EQ(text, "new");
  apply_change(text, json::parse("[]"), Encoding::Utf16);
  EXPECT_EQ(text, "");
}

TEST(Uris, StandForPaths) {
  EXPECT_EQ(path_of("file:///a%20b/%C3%A9.pf"), "/a b/\xC3\xA9.pf");
  EXPECT_EQ(uri_of("/a b/\xC3\xA9.pf"), "file:///a%20b/%C3%A9.pf");
  EXPECT_EQ(path_of("file://machine/a.pf"), "/a.pf");
  EXPECT_EQ(path_of("untitled:Untitled-1"), "untitled:Untitled-1");
  EXPECT_EQ(path_of("file:///100%"), "/100%");
}

}  // namespace
}  // namespace pflow::lsp
