#include <gtest/gtest.h>

#include "test/unit/runtime/values.h"

using values::lit;

namespace {

/// The script and its arguments, as `script | one | two`; or the failure.
std::string make(const std::vector<pf_piece>& pieces, const std::vector<const void*>& holes) {
  pf_cmd command{};
  if (pf_cmd_make(&command, pieces.data(), holes.data(), static_cast<int64_t>(holes.size()),
                  &values::kSite))
    return values::take_failure();
  std::string text(values::view(command.script));
  for (const pf_str& argument : values::elements_of<pf_str>(command.args.head)) {
    text += " | ";
    text += values::view(argument);
  }
  pf_str_release(command.script);
  values::drop(command.args, values::kTexts);
  return text;
}

pf_piece piece(std::string_view text, const pf_type* hole = nullptr, bool begins = true,
               bool dashes = false) {
  return {lit(text), hole, begins, dashes};
}

TEST(Command, HolesArePositionalParameters) {
  pf_str range = lit("v1; rm -rf /"), name = lit("$(x) \"'");
  EXPECT_EQ(make({piece("git log ", &values::kStr), piece("..HEAD > ", &values::kStr, false),
                  piece(".txt")},
                 {&range, &name}),
            "git log \"${1}\"..HEAD > \"${2}\".txt | v1; rm -rf / | $(x) \"'");
}

TEST(Command, WithoutHoles) { EXPECT_EQ(make({piece("echo \"$HOME\"")}, {}), "echo \"$HOME\""); }

TEST(Command, AListBecomesItsWords) {
  pf_list files = values::texts({"a b", "c"}), none{};
  pf_str last = lit("z");
  EXPECT_EQ(
      make({piece("cat ", &values::kTexts), piece(" ", &values::kStr), piece("")}, {&files, &last}),
      "cat \"${1}\" \"${2}\" \"${3}\" | a b | c | z");
  EXPECT_EQ(make({piece("cat ", &values::kTexts), piece("")}, {&none}), "cat ");
  values::drop(files, values::kTexts);
}

TEST(Command, ManyHolesKeepTheirNumbers) {
  pf_list many = values::texts({"1", "2", "3", "4", "5", "6", "7", "8", "9", "10"});
  EXPECT_NE(make({piece("x ", &values::kTexts), piece("")}, {&many}).find("\"${10}\""),
            std::string::npos);
  values::drop(many, values::kTexts);
}

TEST(Command, AWordThatWouldBeAnOptionIsRefused) {
  pf_str value = lit("-rf");
  int64_t number = -5;
  EXPECT_EQ(make({piece("rm ", &values::kStr), piece("")}, {&value}),
            "value: `-rf` would be read as an option of the command");
  EXPECT_EQ(make({piece("rm -- ", &values::kStr, true, true), piece("")}, {&value}),
            "rm -- \"${1}\" | -rf");
  EXPECT_EQ(make({piece("rm x", &values::kStr, false), piece("")}, {&value}), "rm x\"${1}\" | -rf");
  EXPECT_EQ(make({piece("head ", &values::kInt), piece("")}, {&number}), "head \"${1}\" | -5");
  pf_list files = values::texts({"a", "-b"});
  EXPECT_EQ(make({piece("rm ", &values::kTexts), piece("")}, {&files}),
            "value: `-b` would be read as an option of the command");
  values::drop(files, values::kTexts);
}

TEST(Command, SecretsReachTheCommandButNoError) {
  pf_str key = lit("sk-1"), dashed = lit("-sk-1");
  EXPECT_EQ(make({piece("login ", &values::kSecret), piece("")}, {&key}), "login \"${1}\" | sk-1");
  EXPECT_EQ(make({piece("login ", &values::kSecret), piece("")}, {&dashed}),
            "value: `***` would be read as an option of the command");
}

TEST(Command, NoNulBytes) {
  pf_str value = {"a\0b", 3, nullptr};
  EXPECT_EQ(make({piece("x ", &values::kStr), piece("")}, {&value}),
            "value: a value of the command holds a NUL byte");
}

}  // namespace
