// Numbers and words as people write them.
#include "stdlib-nodes/models/lenient/number_words.h"

#include <gtest/gtest.h>

#include <string>

#include "stdlib-nodes/models/lenient/spelling.h"

namespace {

using namespace pf_models::lenient;

std::string number(std::string_view text) {
  NumberWords words = number_of(text);
  return words.other.empty() ? words.digits : words.digits + " or " + words.other;
}

TEST(NumberWords, PlainOnesInTheSpellingOfJson) {
  EXPECT_EQ(number("12"), "12");
  EXPECT_EQ(number(" -12.50 "), "-12.5");
  EXPECT_EQ(number("+7"), "7");
  EXPECT_EQ(number(".5"), "0.5");
  EXPECT_EQ(number("5."), "5");
  EXPECT_EQ(number("007"), "7");
  EXPECT_EQ(number("0"), "0");
  EXPECT_EQ(number("1E6"), "1e6");
  EXPECT_EQ(number("0xff"), "255");
}

TEST(NumberWords, WithMoneyAndPercent) {
  EXPECT_EQ(number("$1,234.50"), "1234.5");
  EXPECT_EQ(number("-$4"), "-4");
  EXPECT_EQ(number("US$ 4"), "4");
  EXPECT_EQ(number("$-4"), "-4");
  EXPECT_EQ(number("4 €"), "4");
  EXPECT_EQ(number("EUR 4.5"), "4.5");
  EXPECT_EQ(number("12%"), "12");
  EXPECT_EQ(number("12 percent"), "12");
  EXPECT_EQ(number("−3"), "-3");
}

TEST(NumberWords, GroupedByThousands) {
  EXPECT_EQ(number("1,234,567"), "1234567");
  EXPECT_EQ(number("1 234 567.25"), "1234567.25");
  EXPECT_EQ(number("1'234"), "1234");
  EXPECT_EQ(number("1_000"), "1000");
  EXPECT_EQ(number("1\u00a0000"), "1000");
  EXPECT_EQ(number("1,23,456"), "");
  EXPECT_EQ(number("1,234 567"), "");
  EXPECT_EQ(number("1234,567"), "1234.567 or 1234567");
}

TEST(NumberWords, CommaOfAFractionIsAmbiguous) {
  EXPECT_EQ(number("1.234,5"), "1234.5 or 1.2345");
  EXPECT_EQ(number("4,5"), "4.5 or 45");
}

TEST(NumberWords, NoNumber) {
  for (const char* text : {"", "-", "$", "%", "a", "1a", "1 2", "1/2", "1-2", "12 kg", "e5", "1e",
                           "0x", "..", "1.2.3", "$$4"})
    EXPECT_EQ(number(text), "") << text;
}

TEST(NumberWords, TheOneInASentence) {
  EXPECT_EQ(number_within("It costs $4.50 today.").digits, "4.5");
  EXPECT_EQ(number_within("about -3 degrees").digits, "-3");
  EXPECT_EQ(number_within("from 3 to 4").digits, "");
  EXPECT_EQ(number_within("gpt4 says so").digits, "");
  EXPECT_EQ(number_within("on 2024/05").digits, "");
  EXPECT_EQ(number_within("none").digits, "");
  EXPECT_EQ(number_within("Minus 3").digits, "");
  EXPECT_EQ(number_within("it is negative 3 now").digits, "");
}

TEST(Spelling, WordsInOtherLetters) {
  const std::string_view words[] = {"not spam", "spam", "C", "C++"};
  EXPECT_EQ(spelled_word("SPAM", words).word, 1u);
  EXPECT_EQ(spelled_word("notSpam.", words).word, 0u);
  EXPECT_EQ(spelled_word("C++", words).word, 3u);
  EXPECT_EQ(spelled_word("c", words).several, (std::vector<size_t>{2, 3}));
  EXPECT_EQ(spelled_word("spa", words).word, WordChoice::kNone);
}

TEST(Spelling, WordsWithinASentence) {
  const std::string_view words[] = {"not spam", "spam", "offer"};
  EXPECT_EQ(word_within("Category: Spam", words).word, 1u);
  EXPECT_EQ(word_within("Label = NOT SPAM!", words).word, 0u);
  EXPECT_EQ(word_within("an offer, or spam", words).several, (std::vector<size_t>{1, 2}));
  EXPECT_EQ(word_within("never spam", words).word, WordChoice::kNone);
  EXPECT_EQ(word_within("It isn’t spam", words).word, WordChoice::kNone);
  EXPECT_EQ(word_within("spammer", words).word, WordChoice::kNone);
}

}  // namespace
