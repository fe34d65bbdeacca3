#include "tools/driver/run/recorded_files.h"

#include <gtest/gtest.h>

#include "test/support/memory_files.h"

namespace pflow::run {
namespace {

class Recorded : public testing::Test {
 protected:
  MemoryFiles files_;
  RecordedFiles recorded_{files_, "/installed"};
};

TEST_F(Recorded, AFileIsReadOnce) {
  files_.files["a"] = "one";
  EXPECT_EQ(*recorded_.read("a"), "one");
  files_.files["a"] = "two";
  EXPECT_EQ(*recorded_.read("a"), "one");
  EXPECT_FALSE(still_holds(recorded_.record(), files_));
  files_.files["a"] = "one";
  EXPECT_TRUE(still_holds(recorded_.record(), files_));
}

TEST_F(Recorded, WhatIsThereAndWhatIsNot) {
  files_.files["a"] = "one";
  EXPECT_EQ(recorded_.kind("a"), FileKind::File);
  EXPECT_EQ(recorded_.kind("b"), FileKind::None);
  EXPECT_FALSE(recorded_.read("b"));
  EXPECT_TRUE(still_holds(recorded_.record(), files_));
  files_.files["b"] = "";
  EXPECT_FALSE(still_holds(recorded_.record(), files_));
}

TEST_F(Recorded, TheNamesInAFolder) {
  files_.files["f/a"] = "";
  EXPECT_EQ(recorded_.names_in("f").size(), 1u);
  EXPECT_TRUE(still_holds(recorded_.record(), files_));
  files_.files["f/b"] = "";
  EXPECT_FALSE(still_holds(recorded_.record(), files_));
}

TEST_F(Recorded, ATextThatIsKnownBefore) {
  recorded_.add_text("a", "given");
  files_.files["a"] = "other";
  EXPECT_EQ(*recorded_.read("a"), "given");
  EXPECT_FALSE(still_holds(recorded_.record(), files_));
}

TEST_F(Recorded, APathOfTwoLinesIsNotKept) {
  (void)recorded_.kind("a\nb");
  EXPECT_EQ(recorded_.record(), "");
}

TEST_F(Recorded, AForgedRecordDoesNotHold) {
  EXPECT_FALSE(still_holds("x 1 a\n", files_));
  EXPECT_FALSE(still_holds("k", files_));
}

}  // namespace
}  // namespace pflow::run
