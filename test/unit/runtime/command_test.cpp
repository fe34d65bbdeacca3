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
               bool dashes = false, bool parameters = false) {
  return {lit(text), hole, begins, dashes, parameters};
}

TEST(Command, HolesAreVariables) {
  pf_str range = lit("v1; rm -rf /"), name = lit("$(x) \"'");
  EXPECT_EQ(make({piece("git log ", &values::kStr), piece("..HEAD > ", &values::kStr, false),
                  piece(".txt")},
                 {&range, &name}),
            "_pflow_1=${1} _pflow_2=${2};set --;git log \"${_pflow_1}\"..HEAD > "
            "\"${_pflow_2}\".txt | v1; rm -rf / | $(x) \"'");
}

TEST(Command, WithoutHoles) { EXPECT_EQ(make({piece("echo \"$HOME\"")}, {}), "echo \"$HOME\""); }

TEST(Command, AListBecomesItsWords) {
  pf_list files = values::texts({"a b", "c"}), none{};
  pf_str last = lit("z");
  EXPECT_EQ(
      make({piece("cat ", &values::kTexts), piece(" ", &values::kStr), piece("")}, {&files, &last}),
      "_pflow_1=${1} _pflow_2=${2} _pflow_3=${3};set --;"
      "cat \"${_pflow_1}\" \"${_pflow_2}\" \"${_pflow_3}\" | a b | c | z");
  EXPECT_EQ(make({piece("cat ", &values::kTexts), piece("")}, {&none}), "cat ");
  values::drop(files, values::kTexts);
}

TEST(Command, AListThatIsAllParametersIsBehindTheVariables) {
  pf_list files = values::texts({"a b", "c"}), none{};
  pf_str first = lit("y"), last = lit("z");
  auto made = [&](const pf_list& list) {
    return make({piece("cat ", &values::kStr), piece(" ", &values::kTexts, true, false, true),
                 piece(" ", &values::kStr), piece("")},
                {&first, &list, &last});
  };
  EXPECT_EQ(made(files),
            "_pflow_1=${1} _pflow_2=${2};shift 2;"
            "cat \"${_pflow_1}\" \"$@\" \"${_pflow_2}\" | y | z | a b | c");
  EXPECT_EQ(made(none),
            "_pflow_1=${1} _pflow_2=${2};set --;"
            "cat \"${_pflow_1}\" \"$@\" \"${_pflow_2}\" | y | z");
  EXPECT_EQ(make({piece("cat ", &values::kTexts, true, false, true), piece("")}, {&files}),
            "cat \"$@\" | a b | c");
  values::drop(files, values::kTexts);
}

TEST(Command, ManyHolesKeepTheirNumbers) {
  pf_list many = values::texts({"1", "2", "3", "4", "5", "6", "7", "8", "9", "10"});
  EXPECT_NE(make({piece("x ", &values::kTexts), piece("")}, {&many}).find("\"${_pflow_10}\""),
            std::string::npos);
  values::drop(many, values::kTexts);
}

TEST(Command, AWordThatWouldBeAnOptionIsRefused) {
  pf_str value = lit("-rf");
  int64_t number = -5;
  EXPECT_EQ(make({piece("rm ", &values::kStr), piece("")}, {&value}),
            "value: `-rf` would be read as an option of the command");
  EXPECT_EQ(make({piece("rm -- ", &values::kStr, true, true), piece("")}, {&value}),
            "_pflow_1=${1};set --;rm -- \"${_pflow_1}\" | -rf");
  EXPECT_EQ(make({piece("rm x", &values::kStr, false), piece("")}, {&value}),
            "_pflow_1=${1};set --;rm x\"${_pflow_1}\" | -rf");
  EXPECT_EQ(make({piece("head ", &values::kInt), piece("")}, {&number}),
            "_pflow_1=${1};set --;head \"${_pflow_1}\" | -5");
  pf_list files = values::texts({"a", "-b"});
  EXPECT_EQ(make({piece("rm ", &values::kTexts), piece("")}, {&files}),
            "value: `-b` would be read as an option of the command");
  values::drop(files, values::kTexts);
}

TEST(Command, SecretsReachTheCommandButNoError) {
  pf_str key = lit("sk-1"), dashed = lit("-sk-1");
  EXPECT_EQ(make({piece("login ", &values::kSecret), piece("")}, {&key}),
            "_pflow_1=${1};set --;login \"${_pflow_1}\" | sk-1");
  EXPECT_EQ(make({piece("login ", &values::kSecret), piece("")}, {&dashed}),
            "value: `***` would be read as an option of the command");
}

TEST(Command, NoNulBytes) {
  pf_str value = {"a\0b", 3, nullptr};
  EXPECT_EQ(make({piece("x ", &values::kStr), piece("")}, {&value}),
            "value: a value of the command holds a NUL byte");
}

}  // namespace
