#include <gtest/gtest.h>

#include "test/unit/runtime/values.h"

using values::lit;
using values::owned;
using values::take;

namespace {

std::string slice(std::string_view text, int64_t from, int64_t to) {
  pf_str whole = lit(text), part;
  pf_str_slice(&part, &whole, from, to);
  return std::string(values::view(part));
}

TEST(Text, LenCountsCodePoints) {
  for (auto [text, len] : {std::pair{"", 0},
                           {"abc", 3},
                           {"äöü", 3},
                           {"日本語のテキスト", 8},
                           {"a😀b", 3},
                           {"0123456789ä0123456789ä", 22}}) {
    pf_str value = lit(text);
    EXPECT_EQ(pf_str_len(&value), len) << text;
  }
}

TEST(Text, SliceCountsCodePointsAndClamps) {
  EXPECT_EQ(slice("häuser", 1, 3), "äu");
  EXPECT_EQ(slice("日本語", 2, 100), "語");
  EXPECT_EQ(slice("abc", 0, INT64_MAX), "abc");
  EXPECT_EQ(slice("abc", 3, 9), "");
  EXPECT_EQ(slice("abc", 2, 1), "");
  EXPECT_EQ(slice("ääääääääääää", 9, 11), "ää");
  EXPECT_EQ(slice("aaaaaaa日bbbbbbbbbbb", 7, 9), "日b");
}

TEST(Text, SliceSharesTheBuffer) {
  pf_str whole = owned("shared text"), part;
  pf_str_slice(&part, &whole, 0, 6);
  EXPECT_EQ(part.data, whole.data);
  EXPECT_EQ(whole.owner->count, 2);
  pf_str_release(part);
  pf_str_release(whole);
}

TEST(Text, IndexFailsWithIndexAndLength) {
  pf_str text = owned("aä"), out;
  ASSERT_FALSE(pf_str_index(&out, &text, 1, &values::kSite));
  EXPECT_EQ(take(out), "ä");
  EXPECT_TRUE(pf_str_index(&out, &text, 2, &values::kSite));
  EXPECT_EQ(values::take_failure(), "value: index 2 is out of range: the length is 2");
  EXPECT_TRUE(pf_str_index(&out, &text, -1, &values::kSite));
  EXPECT_EQ(values::take_failure(), "value: index -1 is out of range: the length is 2");
  pf_str_release(text);
}

TEST(Text, BytesSliceCountsBytes) {
  pf_str text = lit("äb"), out;
  pf_bytes_slice(&out, &text, 1, 3);
  EXPECT_EQ(values::view(out),
            "\xa4"
            "b");
}

TEST(Text, TemplateJoins) {
  pf_str parts[] = {lit("a"), lit(""), lit("bc")}, out;
  pf_template(&out, parts, 3);
  EXPECT_EQ(take(out), "abc");
  pf_template(&out, parts, 0);
  EXPECT_EQ(out.len, 0u);
  EXPECT_EQ(out.owner, nullptr);
}

TEST(Text, AppendGrowsInPlaceWhenAlone) {
  pf_str text = owned("x"), more = lit("yz");
  int moves = 0;
  for (int i = 0; i < 10000; ++i) {
    const char* before = text.data;
    pf_str_append(&text, &text, &more);
    moves += text.data != before;
  }
  EXPECT_EQ(text.len, 20001u);
  EXPECT_LT(moves, 30);
  EXPECT_EQ(values::view(text).substr(19997), "yzyz");
  pf_str_release(text);
}

TEST(Text, AppendLeavesASharedTextAlone) {
  pf_str first = owned("one"), second = first, more = lit("+"), out;
  pf_str_retain(second);
  pf_str_append(&out, &first, &more);
  EXPECT_EQ(values::view(second), "one");
  EXPECT_EQ(second.owner->count, 1);
  EXPECT_EQ(take(out), "one+");
  pf_str_release(second);
}

TEST(Text, AppendOfItselfReadsBeforeItGrows) {
  pf_str text = owned("abc"), self = text;
  pf_str_append(&text, &text, &self);
  EXPECT_EQ(take(text), "abcabc");
}

TEST(Text, AppendToASliceDoesNotTouchWhatFollows) {
  pf_str whole = owned("hello world"), part, out, more = lit("!");
  pf_str_slice(&part, &whole, 0, 5);
  pf_str_append(&out, &part, &more);
  EXPECT_EQ(take(out), "hello!");
  EXPECT_EQ(take(whole), "hello world");
}

TEST(Text, ComparesByBytes) {
  pf_str a = lit("ab"), b = lit("abc"), c = lit("b"), e = lit("é");
  EXPECT_LT(pf_str_compare(&a, &b), 0);
  EXPECT_GT(pf_str_compare(&c, &b), 0);
  EXPECT_EQ(pf_str_compare(&a, &a), 0);
  EXPECT_GT(pf_str_compare(&e, &c), 0);
  EXPECT_FALSE(pf_str_equal(&a, &b));
}

TEST(Text, Contains) {
  pf_str text = lit("one two"), part = lit("e t"), other = lit("x"), nothing{};
  EXPECT_TRUE(pf_str_contains(&text, &part));
  EXPECT_TRUE(pf_str_contains(&text, &nothing));
  EXPECT_FALSE(pf_str_contains(&text, &other));
  EXPECT_FALSE(pf_str_contains(&part, &text));
}

TEST(Text, ValidPrefixOfUtf8) {
  auto valid = [](std::string_view text) { return pf_utf8_valid_prefix(text.data(), text.size()); };
  EXPECT_EQ(valid("ascii only, and more than eight"), 31u);
  EXPECT_EQ(valid("ä日😀"), 9u);
  EXPECT_EQ(valid("ab\xff"), 2u);
  EXPECT_EQ(valid("\xc0\xaf"), 0u) << "overlong";
  EXPECT_EQ(valid("\xed\xa0\x80"), 0u) << "surrogate";
  EXPECT_EQ(valid("\xf4\x90\x80\x80"), 0u) << "beyond U+10FFFF";
  EXPECT_EQ(valid("a\xe6\x97"), 1u) << "cut off";
}

TEST(Text, PathPartsStayInTheirFolder) {
  auto refused = [](std::string_view text) {
    pf_str part = lit(text);
    return pf_path_part(&part, &values::kSite);
  };
  EXPECT_FALSE(refused("a/b..c/..d"));
  EXPECT_FALSE(refused(""));
  EXPECT_TRUE(refused("/etc"));
  EXPECT_EQ(values::take_failure(),
            "value: `/etc` cannot be a part of this path: it begins with `/`");
  EXPECT_TRUE(refused("a/../b"));
  EXPECT_TRUE(refused(".."));
  EXPECT_TRUE(refused("a/.."));
  EXPECT_EQ(values::take_failure(),
            "value: `a/..` cannot be a part of this path: it has a `..` component");
}

}  // namespace
