// The text functions on regular expressions.
#include "test/unit/nodes/node_call.h"
#include "text.pf.hpp"

using namespace node_test;
using Strings = std::vector<std::string>;

namespace {

Strings find_all(std::string_view in, std::string_view pattern) {
  return taken(
      NodeRun<find_all_in, find_all_out>(pfn_text_find_all, {text(in), text(pattern)}).out.found);
}

NodeRun<replace_re_in, replace_re_out> replace(std::string_view in, std::string_view pattern,
                                               std::string_view to) {
  return {pfn_text_replace_re, {text(in), text(pattern), text(to)}};
}

std::string replaced(std::string_view in, std::string_view pattern, std::string_view to) {
  auto run = replace(in, pattern, to);
  return taken(run.out.text);
}

}  // namespace

TEST(Regex, MatchesAnywhere) {
  NodeRun<matches_in, matches_out> yes(pfn_text_matches, {text("abc123"), text("[0-9]+")});
  EXPECT_TRUE(yes.out.found);
  NodeRun<matches_in, matches_out> no(pfn_text_matches, {text("abc"), text("^b")});
  EXPECT_FALSE(no.out.found);
}

TEST(Regex, FindAllDoesNotOverlap) {
  EXPECT_EQ(find_all("aXbXXc", "X+"), (Strings{"X", "XX"}));
  EXPECT_EQ(find_all("", "x"), Strings{});
}

TEST(Regex, EmptyMatchesAdvanceByCodePoint) {
  EXPECT_EQ(find_all("éa", "a*"), (Strings{"", "a"}));
  EXPECT_EQ(replaced("éb", "x*", "-"), "-é-b-");
}

TEST(Regex, AnchorsSeeTheWholeText) { EXPECT_EQ(find_all("aaa", "^a"), (Strings{"a"})); }

TEST(Regex, ReplacementNamesGroups) {
  EXPECT_EQ(replaced("john smith", R"((\w+) (\w+))", "$2 $1"), "smith john");
  EXPECT_EQ(replaced("a1", R"((?P<letter>[a-z])(\d))", "${letter}${2}$$ $0"), "a1$ a1");
  EXPECT_EQ(replaced("ab", "(x)?a", "[$1]"), "[]b");
}

TEST(Regex, ReplacementErrors) {
  EXPECT_EQ(replace("a", "a", "$1").failure(),
            "value: the replacement names the group `1`, but `a` has no such group");
  EXPECT_EQ(replace("a", "a", "5 $").failure(),
            "value: a `$` in the replacement names no group; a dollar sign is `$$`");
}

TEST(Regex, MalformedPattern) {
  NodeRun<matches_in, matches_out> run(pfn_text_matches, {text("a"), text("(")});
  EXPECT_EQ(run.failure(), "value: the regular expression `(` is malformed: missing ): (");
  NodeRun<matches_in, matches_out> next(pfn_text_matches, {text("a"), text("a")});
  EXPECT_TRUE(next.out.found);
}

TEST(Regex, LinearOnHostilePatterns) {
  std::string hostile(100'000, 'a');
  NodeRun<matches_in, matches_out> run(pfn_text_matches, {text(hostile), text("(a*)*b")});
  EXPECT_FALSE(run.out.found);
}
