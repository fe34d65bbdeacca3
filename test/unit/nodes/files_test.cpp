// read_file and write_file on a folder of their own.
#include <sys/stat.h>
#include <unistd.h>

#include "files.pf.hpp"
#include "test/unit/nodes/folder_case.h"

using namespace node_test;
namespace fs = std::filesystem;

namespace {

class Files : public FolderCase {
 protected:
  NodeRun<read_file_in, read_file_out> read(const std::string& path) const {
    return {pfn_files_read_file, {text(path)}};
  }
  NodeRun<write_file_in, write_file_out> write(const std::string& path, std::string_view content,
                                               bool append = false) const {
    return {pfn_files_write_file, {text(path), text(content), append}};
  }
};

mode_t mode_of(const std::string& path) {
  struct stat info{};
  stat(path.c_str(), &info);
  return info.st_mode & 07777;
}

}  // namespace

TEST_F(Files, ReadsWholeFiles) {
  for (size_t len : {0, 1, 4095, 4096, 4097, 1'000'000}) {
    std::string content(len, 'x');
    put("a", content);
    auto run = read(at("a"));
    ASSERT_EQ(run.status, PF_DONE);
    EXPECT_EQ(taken(run.out.content), content);
  }
}

TEST_F(Files, ReadsFilesWithoutSize) {
  auto run = read("/proc/self/status");
  ASSERT_EQ(run.status, PF_DONE);
  EXPECT_NE(taken(run.out.content).find("Pid:"), std::string::npos);
}

TEST_F(Files, ReadErrorsNameTheFile) {
  EXPECT_EQ(read(at("a")).failure(), "io: cannot read `" + at("a") + "`: no such file or folder");
  EXPECT_EQ(read(folder_).failure(), "io: `" + folder_.string() + "` is a folder, not a file");
  EXPECT_EQ(read("").failure(), "io: the path is empty");
  EXPECT_EQ(read(std::string("a\0b", 3)).failure(), "io: the path holds a zero byte");
  EXPECT_EQ(read(std::string(5000, 'a')).failure(), "io: the path is too long");
}

TEST_F(Files, InvalidUtf8NamesTheOffset) {
  put("a", "ok\xff");
  auto run = read(at("a"));
  EXPECT_EQ(run.failure(), "io: `" + at("a") + "` is not UTF-8: byte 0xff at offset 2");
  pf_str_release(run.out.content);
}

TEST_F(Files, WriteReplacesAndLeavesNothingElse) {
  put("a", "old");
  std::string name = at("a");
  auto run = write(name, "new");
  ASSERT_EQ(run.status, PF_DONE);
  EXPECT_EQ(taken(run.out.path), name);
  EXPECT_EQ(get("a"), "new");
  EXPECT_EQ(entries(), 1u);
}

TEST_F(Files, WriteKeepsTheMode) {
  put("a", "old");
  chmod(at("a").c_str(), 0640);
  write(at("a"), "new");
  EXPECT_EQ(mode_of(at("a")), 0640u);
}

TEST_F(Files, WriteOfANewFileFollowsTheUmask) {
  mode_t before = umask(027);
  write(at("a"), "new");
  umask(before);
  EXPECT_EQ(mode_of(at("a")), 0640u);
}

TEST_F(Files, WriteMakesParentFolders) {
  EXPECT_EQ(write(at("x/y//z.txt"), "new").status, PF_DONE);
  EXPECT_EQ(get("x/y/z.txt"), "new");
  EXPECT_EQ(write(at("p/q/log"), "line\n", true).status, PF_DONE);
  EXPECT_EQ(get("p/q/log"), "line\n");
}

TEST_F(Files, WriteFollowsSymbolicLinks) {
  fs::create_directory(at("real"));
  fs::create_symlink("real/target", at("link"));
  EXPECT_EQ(write(at("link"), "one").status, PF_DONE);
  EXPECT_EQ(write(at("link"), "two").status, PF_DONE);
  EXPECT_TRUE(fs::is_symlink(at("link")));
  EXPECT_EQ(get("real/target"), "two");
  fs::create_symlink("loop", at("loop"));
  EXPECT_EQ(write(at("loop"), "x").failure(),
            "io: cannot write `" + at("loop") + "`: too many symbolic links");
}

TEST_F(Files, AppendAddsToTheEnd) {
  write(at("a"), "one\n", true);
  write(at("a"), "two\n", true);
  EXPECT_EQ(get("a"), "one\ntwo\n");
}

TEST_F(Files, WriteErrorsLeaveNothing) {
  EXPECT_EQ(write(folder_, "x").failure(),
            "io: cannot write `" + folder_.string() + "`: it is a folder");
  put("a", "old");
  EXPECT_EQ(write(at("a/b"), "x").failure(),
            "io: cannot write `" + at("a/b") + "`: a part of the path is not a folder");
  std::string long_name = at("new/" + std::string(300, 'a'));
  EXPECT_EQ(write(long_name, "x").failure(),
            "io: cannot write `" + long_name + "`: the name is too long");
  EXPECT_EQ(entries(), 1u);
}

TEST_F(Files, DevicesAreWrittenInPlace) {
  EXPECT_EQ(write("/dev/null", "x").status, PF_DONE);
  EXPECT_EQ(write("/dev/full", "x").failure(), "io: cannot write `/dev/full`: the disk is full");
  fs::create_symlink("/dev/full", at("link"));
  EXPECT_EQ(write(at("link"), "x").failure(),
            "io: cannot write `" + at("link") + "`: the disk is full");
}

TEST_F(Files, PathKeepsItsBuffer) {
  std::string name = at("a");
  pf_str path = owned(name);
  NodeRun<write_file_in, write_file_out> run(pfn_files_write_file, {path, text("x"), false});
  EXPECT_EQ(run.out.path.owner, path.owner);
  EXPECT_EQ(path.owner->count, 2);
  pf_str_release(run.out.path);
  pf_str_release(path);
}
