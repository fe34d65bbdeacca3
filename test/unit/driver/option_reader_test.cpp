#include "tools/driver/option_reader.h"

#include <gtest/gtest.h>

#include "tools/driver/commands/commands.h"

namespace pflow {
namespace {

Options parse(std::vector<std::string> arguments) {
  Diagnostics diagnostics;
  Options options = parse_options(arguments, diagnostics);
  EXPECT_FALSE(diagnostics.has_errors()) << diagnostics.all()[0].message;
  return options;
}

std::string message(std::vector<std::string> arguments) {
  Diagnostics diagnostics;
  (void)parse_options(arguments, diagnostics);
  return diagnostics.all().empty() ? "" : diagnostics.all()[0].message;
}

TEST(Options, Defaults) {
  Options options = parse({"a.pf"});
  EXPECT_EQ(options.command, &kCompileCommand);
  EXPECT_EQ(options.input, "a.pf");
  EXPECT_EQ(options.emit, Emit::Executable);
  EXPECT_EQ(options.opt_level, 2U);
  EXPECT_EQ(options.error_limit, 20u);
  EXPECT_FALSE(options.passes_given);
}

TEST(Options, ValuesStandInTheNextWordOrAfterTheName) {
  EXPECT_EQ(parse({"a.pf", "-o", "x"}).output, "x");
  EXPECT_EQ(parse({"--output=x", "a.pf"}).output, "x");
  EXPECT_EQ(parse({"a.pf", "-ox"}).output, "x");
  EXPECT_EQ(parse({"-O0", "a.pf"}).opt_level, 0u);
  EXPECT_EQ(parse({"a.pf", "--flow", "main"}).flow, "main");
}

TEST(Options, TheLastOfTwoValuesCounts) { EXPECT_EQ(parse({"a.pf", "-O0", "-O1"}).opt_level, 1u); }

TEST(Options, OptionsStandBeforeAndAfterTheFile) {
  Options options = parse({"-g", "a.pf", "--time"});
  EXPECT_TRUE(options.debug_info);
  EXPECT_TRUE(options.time);
}

TEST(Options, ADashIsAFile) { EXPECT_EQ(parse({"--check", "-"}).input, "-"); }

TEST(Options, TheFirstWordMayBeACommand) {
  Options options = parse({"check", "a.pf"});
  EXPECT_EQ(options.command, &kCheckCommand);
  EXPECT_EQ(options.input, "a.pf");
  EXPECT_TRUE(parse({"explain", "--help"}).help);
  EXPECT_EQ(parse({"--explain", "PF0301"}).explain, "PF0301");
}

TEST(Options, EachCommandKnowsItsOwn) {
  Diagnostics diagnostics;
  std::vector<std::string> arguments = {"check", "a.pf", "--junit=x.xml"};
  (void)parse_options(arguments, diagnostics);
  ASSERT_EQ(diagnostics.all().size(), 1u);
  EXPECT_EQ(diagnostics.all()[0].message, "there is no option `--junit`");
  ASSERT_EQ(diagnostics.all()[0].helps.size(), 1u);
  EXPECT_EQ(diagnostics.all()[0].helps[0].text, "it is an option of `pflowc test`");
}

TEST(Options, PassesMayBeNone) {
  EXPECT_EQ(parse({"a.pf", "--passes=a,b"}).passes, (std::vector<std::string>{"a", "b"}));
  Options none = parse({"a.pf", "--passes=none"});
  EXPECT_TRUE(none.passes_given);
  EXPECT_TRUE(none.passes.empty());
}

TEST(Options, Warnings) {
  Options options = parse({"a.pf", "-Werror", "-Wno-unused-label"});
  EXPECT_TRUE(options.warnings.as_errors);
  EXPECT_EQ(options.warnings.silenced, std::vector<std::string>{"unused_label"});
  EXPECT_EQ(parse({"-Werror", "a.pf"}).input, "a.pf");
}

TEST(Options, Mistakes) {
  EXPECT_EQ(message({"a.pf", "--error-limit", "-1"}),
            "`--error-limit`: expected a number, 0 for no limit, found `-1`");
  EXPECT_EQ(message({"a.pf", "--color=sometimes"}),
            "`--color`: expected auto, always or never, found `sometimes`");
  EXPECT_EQ(message({"a.pf", "-Wno-type-mismatch"}), "there is no option `-Wno-type-mismatch`");
  EXPECT_EQ(message({"a.pf", "-q"}), "there is no option `-q`");
}

}  // namespace
}  // namespace pflow
