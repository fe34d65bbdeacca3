#include <gtest/gtest.h>

#include "frontend/packages/build_record.h"
#include "frontend/packages/lock_file.h"

namespace pflow::packages {
namespace {

TEST(BuildRecord, IsReadAsItWasWritten) {
  const auto record = read_record(record_text({1, "abc", "def"}));
  ASSERT_TRUE(record);
  EXPECT_EQ(record->abi, 1);
  EXPECT_EQ(record->interface, "abc");
  EXPECT_EQ(record->archive, "def");
  EXPECT_FALSE(read_record("pflow = 1\n"));
  EXPECT_FALSE(read_record("no record"));
}

TEST(BuildRecord, LiesInAFolderOfItsTarget) {
  EXPECT_EQ(archive_path({"greet", "./p/greet"}, "x86_64-linux-gnu"),
            "p/greet/lib/x86_64-linux-gnu/libgreet.a");
}

struct ReadLocks {
  explicit ReadLocks(std::string text) {
    locks = read_locks(sources.add("pflow.lock", std::move(text)), sources, diagnostics);
  }
  SourceMap sources;
  Diagnostics diagnostics;
  Locks locks;
};

TEST(Locks, AreReadAsTheyWereWritten) {
  ReadLocks read(lock_text({{"a", {"1.0.0", "abc"}}, {"b", {"2.0.0", "def"}}}));
  EXPECT_FALSE(read.diagnostics.has_errors());
  ASSERT_EQ(read.locks.size(), 2U);
  EXPECT_EQ(read.locks.at("b").version, "2.0.0");
  EXPECT_EQ(read.locks.at("b").hash, "def");
}

TEST(Locks, LackNothingSilently) {
  EXPECT_TRUE(ReadLocks("[a]\nversion = \"1.0.0\"\n").diagnostics.has_errors());
  EXPECT_TRUE(ReadLocks("a = 1\n").diagnostics.has_errors());
  EXPECT_TRUE(ReadLocks("[a\n").diagnostics.has_errors());
}

}  // namespace
}  // namespace pflow::packages
