#include "stdlib-nodes/text/required_literals.h"

#include <gtest/gtest.h>

#include <regex>

namespace {

using pf_text::RequiredLiterals;

std::string literals(std::string_view pattern) {
  RequiredLiterals found(pattern);
  std::string shown;
  for (size_t i = 0; i < found.size(); ++i) shown += (i == 0 ? "" : "|") + found[i];
  return shown;
}

TEST(RequiredLiterals, OfASequence) {
  EXPECT_EQ(literals("ERROR.*timeout=[0-9]+ms"), "ERROR|timeout=|ms");
  EXPECT_EQ(literals(R"(^\bfoo\.bar\s+baz$)"), "foo.bar|baz");
  EXPECT_EQ(literals("abc*def+gh?ij{2}kl{1,}"), "ab|def");
  EXPECT_EQ(literals("xé*yz"), "yz") << "the whole code point may be absent";
  EXPECT_EQ(literals("ab(c|d)ef(g(h))ij"), "ab|ef|ij");
  EXPECT_EQ(literals("ab[]x|(]cd[^]|]ef[[:alpha:]|]gh"), "ab|cd|ef|gh");
}

TEST(RequiredLiterals, NothingIsKnownOfOtherForms) {
  for (const char* pattern : {"abc|def", "(?i)abc", "ab(?:cd)ef", "abc{x|y}", R"(\Qa|b\Ecd)",
                              R"(\x41bcd)", R"(\pNabc)", R"(\101bcd)", "a", ""})
    EXPECT_EQ(literals(pattern), "") << pattern;
}

TEST(RequiredLiterals, NoMatchIsLost) {
  const char* patterns[] = {"ERROR.*ms", "ab+c",    "a.c",  "(ab|cd)ef", "abc?de", "aaab",
                            "ab{2}cd",   R"(a\.b)", "abab", "ab.*ab",    "é+x",    "xy*é"};
  const char* texts[] = {"",       "ERROR 5ms", "ms ERROR", "abbc",  "abc",   "axc",  "abef",
                         "cdefg",  "abde",      "abcde",    "aaaab", "abbcd", "a.b",  "axb",
                         "ababab", "abxab",     "ab",       "éx",    "xé",    "xyyé", "ééx"};
  for (const char* pattern : patterns)
    for (const char* text : texts)
      if (std::regex_search(text, std::regex(pattern))) {
        EXPECT_TRUE(RequiredLiterals(pattern).may_match(text)) << pattern << " on " << text;
      }
  EXPECT_FALSE(RequiredLiterals("ERROR.*ms").may_match("ms ERROR"));
  EXPECT_FALSE(RequiredLiterals("abab").may_match("abaab"));
}

}  // namespace
