#include "tools/driver/unified_diff.h"

#include <gtest/gtest.h>

#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace pflow {
namespace {

TEST(UnifiedDiff, OfTheSameTextIsEmpty) {
  EXPECT_EQ(unified_diff("", "", "a"), "");
  EXPECT_EQ(unified_diff("a\n", "a\n", "a"), "");
}

TEST(UnifiedDiff, ShowsThreeLinesAround) {
  EXPECT_EQ(unified_diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n", "a"),
            "--- a\n+++ a\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
}

TEST(UnifiedDiff, OfNearChangesIsOneHunk) {
  EXPECT_EQ(unified_diff("a\n1\n2\nb\n", "A\n1\n2\nB\n", "a"),
            "--- a\n+++ a\n@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n-b\n+B\n");
}

TEST(UnifiedDiff, SaysThatTheLastLineDoesNotEnd) {
  EXPECT_EQ(unified_diff("a", "a\n", "a"),
            "--- a\n+++ a\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n");
  EXPECT_EQ(unified_diff("", "a\n", "a"), "--- a\n+++ a\n@@ -0,0 +1 @@\n+a\n");
}

std::string some_lines(std::mt19937& random) {
  std::string text;
  for (size_t left = random() % 60; left > 0; --left)
    text += "line" + std::to_string(random() % 9) + "\n";
  return text;
}

/// What the hunks make of a text whose lines all end.
std::string patched(const std::string& before, const std::string& diff) {
  std::vector<std::string> lines;
  std::istringstream in(before);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  std::string made;
  size_t at = 0;
  std::istringstream hunks(diff);
  for (std::string line; std::getline(hunks, line);) {
    if (line.starts_with("---") || line.starts_with("+++")) continue;
    if (line.starts_with("@@ -")) {
      const size_t first = std::stoul(line.substr(4));
      const bool added_only = line.substr(4, line.find(' ', 4) - 4).ends_with(",0");
      for (const size_t until = first - (added_only ? 0 : 1); at < until; ++at)
        made += lines[at] + "\n";
      continue;
    }
    if (line[0] != '+') EXPECT_EQ(lines.at(at++), line.substr(1));
    if (line[0] != '-') made += line.substr(1) + "\n";
  }
  for (; at < lines.size(); ++at) made += lines[at] + "\n";
  return made;
}

TEST(UnifiedDiff, MakesTheSecondTextOfTheFirst) {
  std::mt19937 random(1);
  for (int round = 0; round < 2000; ++round) {
    const std::string before = some_lines(random);
    const std::string after = some_lines(random);
    const std::string diff = unified_diff(before, after, "a");
    ASSERT_EQ(patched(before, diff), after) << before << "----\n" << after << "----\n" << diff;
  }
}

TEST(UnifiedDiff, OfVeryDifferentTextsEnds) {
  std::string before, after;
  for (int i = 0; i < 20000; ++i) {
    before += "a" + std::to_string(i) + "\n";
    after += "b" + std::to_string(i) + "\n";
  }
  const std::string diff = unified_diff(before, after, "a");
  EXPECT_TRUE(diff.starts_with("--- a\n+++ a\n@@ -1,20000 +1,20000 @@\n-a0\n"));
}

}  // namespace
}  // namespace pflow
