#include "tools/driver/real_files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

namespace pflow {
namespace {

namespace fs = std::filesystem;

class RealFilesTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("pflow-real-files-" + std::to_string(::getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  [[nodiscard]] std::string at(const std::string& name) const { return (folder_ / name).string(); }

  fs::path folder_;
  RealFiles files_;
};

TEST_F(RealFilesTest, WritesAndReads) {
  ASSERT_TRUE(files_.write(at("a"), std::string(100000, 'x')));
  Result<std::string> text = files_.read(at("a"));
  ASSERT_TRUE(text);
  EXPECT_EQ(text->size(), 100000u);
  EXPECT_TRUE(files_.exists(at("a")));
  EXPECT_EQ(files_.names_in(folder_.string()), std::vector<std::string>{"a"});
}

TEST_F(RealFilesTest, NewFilesHaveTheModeOfTheMask) {
  mode_t before = ::umask(027);
  ASSERT_TRUE(files_.write(at("a"), "x"));
  ::umask(before);
  EXPECT_EQ(fs::status(at("a")).permissions(), fs::perms(0640));
}

TEST_F(RealFilesTest, AFileThatIsReplacedKeepsItsMode) {
  ASSERT_TRUE(files_.write(at("a"), "old"));
  fs::permissions(at("a"), fs::perms(0750));
  ASSERT_TRUE(files_.write(at("a"), "new"));
  EXPECT_EQ(fs::status(at("a")).permissions(), fs::perms(0750));
}

TEST_F(RealFilesTest, WritesThroughALink) {
  ASSERT_TRUE(files_.write(at("target"), "old"));
  fs::create_symlink("target", at("link"));
  ASSERT_TRUE(files_.write(at("link"), "new"));
  EXPECT_TRUE(fs::is_symlink(at("link")));
  EXPECT_EQ(*files_.read(at("target")), "new");
}

TEST_F(RealFilesTest, LeavesNothingBehindWhenItFails) {
  fs::create_directory(at("folder"));
  EXPECT_FALSE(files_.write(at("folder"), "x"));
  EXPECT_FALSE(files_.write(at("missing/file"), "x"));
  EXPECT_EQ(files_.names_in(folder_.string()), std::vector<std::string>{"folder"});
  EXPECT_FALSE(files_.read(at("folder")));
  EXPECT_FALSE(files_.read(at("none")));
}

TEST_F(RealFilesTest, KnowsWhatAPathNames) {
  ASSERT_TRUE(files_.write(at("a"), "x"));
  fs::create_symlink("a", at("link"));
  EXPECT_EQ(files_.kind(at("a")), FileKind::File);
  EXPECT_EQ(files_.kind(at("link")), FileKind::File);
  EXPECT_EQ(files_.kind(folder_.string()), FileKind::Folder);
  EXPECT_EQ(files_.kind("/dev/null"), FileKind::Other);
  EXPECT_EQ(files_.kind(at("none")), FileKind::None);
  EXPECT_EQ(files_.identity(at("link")), files_.identity(at("./b/../a")));
  EXPECT_NE(files_.identity(at("a")), files_.identity(at("none")));
}

TEST_F(RealFilesTest, AFullDeviceIsAFailure) {
  Result<Done> written = files_.write("/dev/full", "x");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.message(), "No space left on device");
}

}  // namespace
}  // namespace pflow
