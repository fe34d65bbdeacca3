#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "test/support/lexed_alike.h"

namespace pflow {
namespace {

namespace fs = std::filesystem;

std::string content(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(QuickTokens, AreThoseOfTheGrammarInFiles) {
  size_t seen = 0;
  for (const char* folder : {"examples", "stdlib-nodes", "test", "docs"}) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(PFLOW_SOURCES) / folder)) {
      const fs::path name = entry.path().extension();
      if (!entry.is_regular_file() || (name != ".pf" && name != ".md")) continue;
      ++seen;
      EXPECT_TRUE(lexed_alike(content(entry.path()))) << entry.path();
    }
  }
  EXPECT_GT(seen, 1000U);
}

/// Every three characters out of those that tokens begin with or go on with; two in text literals.
TEST(QuickTokens, AreThoseOfTheGrammarInShortTexts) {
  const std::vector<std::string> pieces = {
      "a", "r",  "A", "_", "0",    "1",    "m",      "s",      ".",      "e",     "x",  "-",  ">",
      "<", "=",  "!", "?", "|",    "&",    "+",      "*",      "/",      "%",     "\"", "$",  "{",
      "}", "(",  ")", "[", "]",    ",",    ";",      ":",      "#",      "\\",    "u",  "\n", "\r",
      " ", "\t", "`", "'", "\x7f", "\x01", "\u00e9", "\u201c", "\uff1e", "\u2192"};
  for (const std::string& first : pieces) {
    for (const std::string& second : pieces) {
      for (const std::string& third : pieces) {
        const std::string text = first + second + third;
        ASSERT_TRUE(lexed_alike(text)) << text;
      }
      for (const char* around : {"\"", "\"\"\"\n", "r\"\"\"\n"}) {
        const std::string text = around + first + second;
        ASSERT_TRUE(lexed_alike(text)) << text;
      }
    }
  }
}

TEST(QuickTokens, AreThoseOfTheGrammarForWords) {
  for (const char* text : {"flow", "flows", "Flow", "no", "none", "nonet", "ifs", "i", "ass",
                           "assert", "asserts", "z"})
    EXPECT_TRUE(lexed_alike(text)) << text;
}

}  // namespace
}  // namespace pflow
