// Escapes that are half a surrogate pair become U+FFFD, everything else stays.
#include "stdlib-nodes/models/surrogates.h"

#include <gtest/gtest.h>

using pf_models::with_whole_pairs;

TEST(Surrogates, HalvesAreReplaced) {
  EXPECT_EQ(with_whole_pairs(R"("\ud83d")"), R"("\ufffd")");
  EXPECT_EQ(with_whole_pairs(R"("a\uDE00b")"), R"("a\ufffdb")");
  EXPECT_EQ(with_whole_pairs(R"("\ude00\ud83d")"), R"("\ufffd\ufffd")");
  EXPECT_EQ(with_whole_pairs(R"("\ud83d\ud83d\ude00")"), R"("\ufffd\ud83d\ude00")");
  EXPECT_EQ(with_whole_pairs(R"("\ud83d\n")"), R"("\ufffd\n")");
}

TEST(Surrogates, WhatIsNoneStays) {
  for (const char* json : {R"("\ud83d\ude00")", R"("\u00e9")", R"("\\ud83d")", R"("\uzz")", R"("\)",
                           R"("\u")", R"("\ud8)", "", R"({"a":[1]})"})
    EXPECT_EQ(with_whole_pairs(json), json);
}
