#include "tools/driver/own_arguments.h"

#include <gtest/gtest.h>

#include "tools/driver/commands/commands.h"

namespace pflow {
namespace {

/// How many words are the command's own, and whether the last of them names what is run.
std::pair<size_t, bool> own(std::vector<std::string> arguments) {
  OwnArguments own = own_arguments(kRunCommand, arguments);
  return {own.count, own.has_word};
}

TEST(OwnArguments, EndWithTheFirstWord) {
  EXPECT_EQ(own({"a.pf", "--flow", "x"}), std::pair(size_t{1}, true));
  EXPECT_EQ(own({"-", "x"}), std::pair(size_t{1}, true));
  EXPECT_EQ(own({"", "x"}), std::pair(size_t{1}, true));
}

TEST(OwnArguments, ValuesAreNoWords) {
  EXPECT_EQ(own({"--flow", "x", "a.pf", "y"}), std::pair(size_t{3}, true));
  EXPECT_EQ(own({"--flow=x", "a.pf", "y"}), std::pair(size_t{2}, true));
  EXPECT_EQ(own({"-O", "1", "-O2", "-g", "a.pf"}), std::pair(size_t{5}, true));
  EXPECT_EQ(own({"-Werror", "a.pf"}), std::pair(size_t{2}, true));
}

TEST(OwnArguments, AProgramOnTheCommandLineEndsThem) {
  EXPECT_EQ(own({"-g", "-e", "print(1)", "a.pf"}), std::pair(size_t{3}, false));
  EXPECT_EQ(own({"-eprint(1)", "a.pf"}), std::pair(size_t{1}, false));
  EXPECT_EQ(own({"-e"}), std::pair(size_t{1}, false));
}

TEST(OwnArguments, TwoDashesBeforeAFile) {
  EXPECT_EQ(own({"--", "-a.pf", "x"}), std::pair(size_t{2}, true));
  EXPECT_EQ(own({"--"}), std::pair(size_t{1}, false));
}

TEST(OwnArguments, UnknownOptionsAreFlags) {
  EXPECT_EQ(own({"--nope", "a.pf", "x"}), std::pair(size_t{2}, true));
}

}  // namespace
}  // namespace pflow
