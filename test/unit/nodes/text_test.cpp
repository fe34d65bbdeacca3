// The text functions: what they give at the edges, and what they share.
#include "test/unit/nodes/node_call.h"
#include "text.pf.hpp"

using namespace node_test;
using Strings = std::vector<std::string>;

namespace {

std::string upper(std::string_view from) {
  return taken(NodeRun<upper_in, upper_out>(pfn_text_upper, {text(from)}).out.text);
}
std::string lower(std::string_view from) {
  return taken(NodeRun<lower_in, lower_out>(pfn_text_lower, {text(from)}).out.text);
}
std::string trim(std::string_view from) {
  return taken(NodeRun<trim_in, trim_out>(pfn_text_trim, {text(from)}).out.text);
}
Strings split(std::string_view from, std::string_view by) {
  return taken(NodeRun<split_in, split_out>(pfn_text_split, {text(from), text(by)}).out.parts);
}
Strings lines(std::string_view from) {
  return taken(NodeRun<lines_in, lines_out>(pfn_text_lines, {text(from)}).out.lines);
}
Strings words(std::string_view from) {
  return taken(NodeRun<words_in, words_out>(pfn_text_words, {text(from)}).out.words);
}
std::string replace(std::string_view in, std::string_view from, std::string_view to) {
  return taken(NodeRun<replace_in, replace_out>(pfn_text_replace, {text(in), text(from), text(to)})
                   .out.text);
}
std::string pad_start(std::string_view in, int64_t width, std::string_view fill) {
  return taken(
      NodeRun<pad_start_in, pad_start_out>(pfn_text_pad_start, {text(in), width, text(fill)})
          .out.text);
}
std::string pad_end(std::string_view in, int64_t width, std::string_view fill) {
  return taken(
      NodeRun<pad_end_in, pad_end_out>(pfn_text_pad_end, {text(in), width, text(fill)}).out.text);
}
std::string indent(std::string_view in, std::string_view prefix) {
  return taken(NodeRun<indent_in, indent_out>(pfn_text_indent, {text(in), text(prefix)}).out.text);
}
std::string dedent(std::string_view in) {
  return taken(NodeRun<dedent_in, dedent_out>(pfn_text_dedent, {text(in)}).out.text);
}
std::string repeated(int count) {
  std::string made;
  for (int i = 0; i < count; ++i) made += "abcXYZ[@`{";
  return made;
}

}  // namespace

TEST(Case, AsciiOfEveryLength) {
  std::string all = repeated(30);
  for (size_t len = 0; len <= all.size(); ++len) {
    std::string from = all.substr(0, len);
    std::string expected = from;
    for (char& c : expected) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    ASSERT_EQ(upper(from), expected);
  }
}

TEST(Case, ScriptsOfTwoBytes) {
  EXPECT_EQ(upper("äöü αβγς привет ñÿ"), "ÄÖÜ ΑΒΓΣ ПРИВЕТ ÑŸ");
  EXPECT_EQ(lower("ÄÖÜ ΑΒΓΣ ПРИВЕТ ÑŸ"), "äöü αβγσ привет ñÿ");
}

TEST(Case, LengthInBytesMayChange) {
  EXPECT_EQ(upper("ı"), "I");
  EXPECT_EQ(upper("ɐɐɐɐ"), "ⱯⱯⱯⱯ");
  EXPECT_EQ(lower("İ"), "i");
  EXPECT_EQ(upper("𐐨"), "𐐀");
}

TEST(Case, OneCodePointForOne) { EXPECT_EQ(upper("straße ŉ"), "STRAßE ŉ"); }

TEST(Case, LongRunsAroundOtherScripts) {
  std::string from = repeated(10) + "é" + repeated(20) + "日本" + repeated(7);
  std::string to = upper(from);
  EXPECT_EQ(lower(to), lower(from));
  EXPECT_NE(to.find("É"), std::string::npos);
  EXPECT_EQ(to.size(), from.size());
}

TEST(Trim, UnicodeWhiteSpace) {
  EXPECT_EQ(trim(" \t\r\n\u00a0\u2003a b\u3000\u0085\u2028 "), "a b");
  EXPECT_EQ(trim(" \u2003 "), "");
  EXPECT_EQ(trim(""), "");
  EXPECT_EQ(trim("é"), "é");
}

TEST(Trim, OneSideOnly) {
  NodeRun<trim_start_in, trim_start_out> start(pfn_text_trim_start, {text("  a ")});
  EXPECT_EQ(taken(start.out.text), "a ");
  NodeRun<trim_end_in, trim_end_out> end(pfn_text_trim_end, {text("  a ")});
  EXPECT_EQ(taken(end.out.text), "  a");
}

TEST(Trim, SharesTheBuffer) {
  pf_str whole = owned("  a  ");
  NodeRun<trim_in, trim_out> run(pfn_text_trim, {whole});
  EXPECT_EQ(run.out.text.owner, whole.owner);
  EXPECT_EQ(whole.owner->count, 2);
  EXPECT_EQ(taken(run.out.text), "a");
  EXPECT_EQ(whole.owner->count, 1);
  pf_str_release(whole);
}

TEST(Split, KeepsEmptyParts) {
  EXPECT_EQ(split("a,,b,", ","), (Strings{"a", "", "b", ""}));
  EXPECT_EQ(split("", ","), (Strings{""}));
  EXPECT_EQ(split("aXYbXY", "XY"), (Strings{"a", "b", ""}));
}

TEST(Split, EmptySeparatorIsAroundEveryCodePoint) {
  EXPECT_EQ(split("aé", ""), (Strings{"", "a", "é", ""}));
}

TEST(Lines, AllLineEndings) {
  EXPECT_EQ(lines("a\r\nb\n\nc"), (Strings{"a", "b", "", "c"}));
  EXPECT_EQ(lines("a\n"), (Strings{"a"}));
  EXPECT_EQ(lines("\r\n"), (Strings{""}));
  EXPECT_EQ(lines("a\r"), (Strings{"a\r"}));
  EXPECT_EQ(lines(""), Strings{});
}

TEST(Words, AnyWhiteSpace) {
  EXPECT_EQ(words("  a\u2003bé\n c"), (Strings{"a", "bé", "c"}));
  EXPECT_EQ(words("á\u00a0â ሀ\u3000、x"), (Strings{"á", "â", "ሀ", "、x"}));
  EXPECT_EQ(words(" \n"), Strings{});
}

TEST(Chars, CodePoints) {
  NodeRun<chars_in, chars_out> run(pfn_text_chars, {text("aé日😀")});
  EXPECT_EQ(taken(run.out.chars), (Strings{"a", "é", "日", "😀"}));
}

TEST(Join, SeparatorBetween) {
  pf_list items = list({"a", "", "c"});
  NodeRun<join_in, join_out> run(pfn_text_join, {items, text(", ")});
  EXPECT_EQ(taken(run.out.text), "a, , c");
  taken(items);
  NodeRun<join_in, join_out> empty(pfn_text_join, {pf_list{}, text(", ")});
  EXPECT_EQ(taken(empty.out.text), "");
}

TEST(Replace, AllOccurrences) {
  EXPECT_EQ(replace("aaa", "aa", "b"), "ba");
  EXPECT_EQ(replace("a-b-c", "-", ""), "abc");
  EXPECT_EQ(replace("abc", "x", "y"), "abc");
  EXPECT_EQ(replace("aé", "", "-"), "-a-é-");
  EXPECT_EQ(replace("", "", "-"), "-");
}

TEST(Search, EmptyIsEverywhere) {
  NodeRun<starts_with_in, starts_with_out> starts(pfn_text_starts_with, {text("ab"), text("")});
  EXPECT_TRUE(starts.out.found);
  NodeRun<ends_with_in, ends_with_out> ends(pfn_text_ends_with, {text("ab"), text("b")});
  EXPECT_TRUE(ends.out.found);
  NodeRun<ends_with_in, ends_with_out> longer(pfn_text_ends_with, {text("b"), text("ab")});
  EXPECT_FALSE(longer.out.found);
  NodeRun<contains_in, contains_out> contains(pfn_text_contains, {text("abc"), text("bc")});
  EXPECT_TRUE(contains.out.found);
}

TEST(Pad, CountsCodePoints) {
  EXPECT_EQ(pad_start("é", 3, " "), "  é");
  EXPECT_EQ(pad_end("é", 4, "→-"), "é→-→");
  EXPECT_EQ(pad_start("abc", 2, " "), "abc");
  EXPECT_EQ(pad_start("abc", INT64_MIN, " "), "abc");
}

TEST(Pad, Refusals) {
  NodeRun<pad_start_in, pad_start_out> empty(pfn_text_pad_start, {text("a"), 2, text("")});
  EXPECT_EQ(empty.failure(), "value: `fill` is empty; expected a character");
  NodeRun<pad_end_in, pad_end_out> huge(pfn_text_pad_end, {text("a"), INT64_MAX, text("ab")});
  EXPECT_EQ(huge.failure(), "value: the text would be longer than 4 GiB");
}

TEST(Repeat, CountsAndRefusals) {
  NodeRun<repeat_text_in, repeat_text_out> three(pfn_text_repeat_text, {text("ab"), 3});
  EXPECT_EQ(taken(three.out.text), "ababab");
  NodeRun<repeat_text_in, repeat_text_out> none(pfn_text_repeat_text, {text("ab"), 0});
  EXPECT_EQ(taken(none.out.text), "");
  NodeRun<repeat_text_in, repeat_text_out> empty(pfn_text_repeat_text, {text(""), INT64_MAX});
  EXPECT_EQ(taken(empty.out.text), "");
  NodeRun<repeat_text_in, repeat_text_out> negative(pfn_text_repeat_text, {text("a"), -1});
  EXPECT_EQ(negative.failure(), "value: `count` is -1; expected 0 or more");
}

TEST(Indent, SkipsBlankLines) {
  EXPECT_EQ(indent("a\n\n \nb\n", "> "), "> a\n\n \n> b\n");
  EXPECT_EQ(indent("", "> "), "");
}

TEST(Dedent, RemovesTheSharedMargin) {
  EXPECT_EQ(dedent("    a\n      b\n\n   \n    c"), "a\n  b\n\n\nc");
  EXPECT_EQ(dedent("\ta\n  b"), "\ta\n  b");
  EXPECT_EQ(dedent("  \n "), "\n");
}
