// The nodes on folders and whole files: list_dir, glob, stat, make_dir, copy_file,
// move_file, delete_file, hash_file, temp_dir, read_bytes, write_bytes.
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "files.pf.hpp"
#include "test/unit/nodes/folder_case.h"

using namespace node_test;
namespace fs = std::filesystem;

namespace {

using Strings = std::vector<std::string>;

class Folders : public FolderCase {
 protected:
  /// What a pattern below the folder finds, the folder itself cut off.
  [[nodiscard]] Strings glob(std::string_view pattern) const {
    std::string full = at(pattern);
    NodeRun<glob_in, glob_out> run(pfn_files_glob, {text(full)});
    EXPECT_EQ(run.status, PF_DONE);
    Strings found = taken(run.out.paths);
    for (std::string& path : found) path = path.substr(folder_.string().size() + 1);
    return found;
  }
  NodeRun<copy_file_in, copy_file_out> copy(const std::string& from, const std::string& to,
                                            bool overwrite = false) const {
    return {pfn_files_copy_file, {text(from), text(to), overwrite}};
  }
  NodeRun<move_file_in, move_file_out> move(const std::string& from, const std::string& to,
                                            bool overwrite = false) const {
    return {pfn_files_move_file, {text(from), text(to), overwrite}};
  }
  NodeRun<delete_file_in, delete_file_out> remove(const std::string& path,
                                                  bool missing_ok = false) const {
    return {pfn_files_delete_file, {text(path), missing_ok}};
  }
};

std::string hash(const std::string& path) {
  NodeRun<hash_file_in, hash_file_out> run(pfn_files_hash_file, {text(path)});
  EXPECT_EQ(run.status, PF_DONE);
  return taken(run.out.sha256);
}

}  // namespace

TEST_F(Folders, ListsSortedNames) {
  for (const char* name : {"b", "a", ".hidden", "sub/c", "Z"}) put(name, "");
  std::string path = folder_.string();
  NodeRun<list_dir_in, list_dir_out> run(pfn_files_list_dir, {text(path)});
  ASSERT_EQ(run.status, PF_DONE);
  EXPECT_EQ(taken(run.out.names), (Strings{".hidden", "Z", "a", "b", "sub"}));
}

TEST_F(Folders, ListErrorsNameTheFolder) {
  put("a", "");
  auto list = [](const std::string& path) {
    return NodeRun<list_dir_in, list_dir_out>(pfn_files_list_dir, {text(path)}).failure();
  };
  EXPECT_EQ(list(at("x")), "io: cannot read the folder `" + at("x") + "`: no such file or folder");
  EXPECT_EQ(list(at("a")), "io: cannot read the folder `" + at("a") + "`: it is no folder");
  put("caf\xe9", "");
  EXPECT_EQ(list(folder_), "io: the name of the file `caf\\xe9` is not UTF-8");
}

TEST_F(Folders, GlobFindsFilesOnly) {
  for (const char* name : {"a.md", "b.txt", "sub/c.md", "sub/deep/d.md", ".h/e.md", ".f.md"}) {
    put(name, "");
  }
  EXPECT_EQ(glob("*.md"), (Strings{"a.md"}));
  EXPECT_EQ(glob("*"), (Strings{"a.md", "b.txt"}));
  EXPECT_EQ(glob(".*.md"), (Strings{".f.md"}));
  EXPECT_EQ(glob("*/*.md"), (Strings{"sub/c.md"}));
  EXPECT_EQ(glob("**/*.md"), (Strings{"a.md", "sub/c.md", "sub/deep/d.md"}));
  EXPECT_EQ(glob("**"), (Strings{"a.md", "b.txt", "sub/c.md", "sub/deep/d.md"}));
  EXPECT_EQ(glob("**/**/*.md"), (Strings{"a.md", "sub/c.md", "sub/deep/d.md"}));
  EXPECT_EQ(glob("**/deep/*"), (Strings{"sub/deep/d.md"}));
  EXPECT_EQ(glob("a.md"), (Strings{"a.md"}));
  EXPECT_EQ(glob("sub"), (Strings{}));
  EXPECT_EQ(glob("none/*"), (Strings{}));
  EXPECT_EQ(glob("a.md/*"), (Strings{}));
}

TEST_F(Folders, GlobChoosesAmongAlternatives) {
  for (const char* name : {"a.md", "b.txt", "sub/c.md", "sub/deep/d.md"}) put(name, "");
  EXPECT_EQ(glob("*.{md,txt}"), (Strings{"a.md", "b.txt"}));
  EXPECT_EQ(glob("{**/*.md,a.*,*.txt}"), (Strings{"a.md", "b.txt", "sub/c.md", "sub/deep/d.md"}));
  EXPECT_EQ(glob("sub/{,deep/}*.{md,{txt,jpg}}"), (Strings{"sub/c.md", "sub/deep/d.md"}));
  EXPECT_EQ(glob("{sub/{c,x},a}.md"), (Strings{"a.md", "sub/c.md"}));
  EXPECT_EQ(glob("{a,b"), (Strings{}));
  put("{a,b", "");
  put("{a}", "");
  put("x,y", "");
  EXPECT_EQ(glob("{a,b"), (Strings{"{a,b"}));
  EXPECT_EQ(glob("{a}"), (Strings{"{a}"}));
  EXPECT_EQ(glob("x[,}]{y,z}"), (Strings{"x,y"}));
}

TEST_F(Folders, GlobMatchesCharacters) {
  for (const char* name : {"aé1", "ab2", "ac3", "[x", "a*b"}) put(name, "");
  EXPECT_EQ(glob("a?1"), (Strings{"aé1"}));
  EXPECT_EQ(glob("a[b-c]?"), (Strings{"ab2", "ac3"}));
  EXPECT_EQ(glob("a[!b]?"), (Strings{"a*b", "ac3", "aé1"}));
  EXPECT_EQ(glob("a[é]*"), (Strings{"aé1"}));
  EXPECT_EQ(glob("[x"), (Strings{"[x"}));
  EXPECT_EQ(glob("a[*]b"), (Strings{"a*b"}));
  EXPECT_EQ(glob("*a*b*2*"), (Strings{"ab2"}));
}

TEST_F(Folders, GlobFollowsLinksToFoldersOnlyByName) {
  put("real/a.md", "");
  fs::create_directory_symlink(folder_, at("real/up"));
  fs::create_symlink("nowhere", at("dangling.md"));
  EXPECT_EQ(glob("**/*.md"), (Strings{"real/a.md"}));
  EXPECT_EQ(glob("real/*/real/*.md"), (Strings{"real/up/real/a.md"}));
}

TEST_F(Folders, StatKnowsWhatIsThere) {
  put("a", "four");
  auto look = [this](std::string_view name) {
    std::string path = at(name);
    NodeRun<stat_in, stat_out> run(pfn_files_stat, {text(path)});
    EXPECT_EQ(run.status, PF_DONE);
    FileInfo info = run.out.info;
    EXPECT_EQ(taken(info.path), path);
    return info;
  };
  const timespec times[] = {{1'700'000'000, 123'456'789}, {1'700'000'000, 123'456'789}};
  utimensat(AT_FDCWD, at("a").c_str(), times, 0);
  FileInfo file = look("a");
  EXPECT_TRUE(file.exists && !file.is_dir);
  EXPECT_EQ(file.size, 4);
  EXPECT_EQ(taken(file.modified), "2023-11-14T22:13:20.123Z");
  FileInfo folder = look("");
  EXPECT_TRUE(folder.exists && folder.is_dir);
  pf_str_release(folder.modified);
  for (const char* name : {"none", "a/b"}) {
    FileInfo none = look(name);
    EXPECT_FALSE(none.exists || none.is_dir);
    EXPECT_EQ(taken(none.modified), "");
  }
}

TEST_F(Folders, MakesFolders) {
  put("file", "");
  auto make = [](const std::string& path) {
    return NodeRun<make_dir_in, make_dir_out>(pfn_files_make_dir, {text(path)});
  };
  EXPECT_EQ(make(at("x/y/z")).status, PF_DONE);
  EXPECT_EQ(make(at("x/y/z/")).status, PF_DONE);
  EXPECT_TRUE(fs::is_directory(at("x/y/z")));
  EXPECT_EQ(make(at("file")).failure(),
            "io: cannot make the folder `" + at("file") + "`: there is a file");
  EXPECT_EQ(make(at("file/x")).failure(), "io: cannot make the folder `" + at("file/x") +
                                              "`: a part of the path is not a folder");
}

TEST_F(Folders, CopiesBytesAndPermissions) {
  std::string content(700'000, 'x');
  put("a", content);
  chmod(at("a").c_str(), 0750);
  std::string target = at("new/b");
  auto run = copy(at("a"), target);
  ASSERT_EQ(run.status, PF_DONE);
  EXPECT_EQ(taken(run.out.path), target);
  EXPECT_EQ(get("new/b"), content);
  EXPECT_EQ(fs::status(at("new/b")).permissions(), fs::perms(0750));
  EXPECT_EQ(copy("/proc/self/status", at("c")).status, PF_DONE);
  EXPECT_NE(get("c").find("Pid:"), std::string::npos);
}

TEST_F(Folders, CopyKeepsWhatIsThere) {
  put("a", "new");
  put("b", "old");
  EXPECT_EQ(copy(at("a"), at("b")).failure(),
            "io: cannot copy `" + at("a") + "` to `" + at("b") + "`: there is a file");
  EXPECT_EQ(get("b"), "old");
  EXPECT_EQ(copy(at("a"), at("b"), true).status, PF_DONE);
  EXPECT_EQ(get("b"), "new");
  EXPECT_EQ(entries(), 2u);
}

TEST_F(Folders, CopyErrorsLeaveNothing) {
  put("a", "x");
  EXPECT_EQ(copy(at("none"), at("d/b")).failure(),
            "io: cannot copy `" + at("none") + "`: no such file or folder");
  EXPECT_EQ(copy(folder_, at("b")).failure(),
            "io: cannot copy `" + folder_.string() + "`: it is a folder");
  EXPECT_EQ(copy(at("a"), folder_, true).failure(),
            "io: cannot copy `" + at("a") + "` to `" + folder_.string() + "`: it is a folder");
  EXPECT_EQ(entries(), 1u);
}

TEST_F(Folders, MovesFilesAndFolders) {
  put("a", "x");
  std::string target = at("d/e/b");
  auto run = move(at("a"), target);
  ASSERT_EQ(run.status, PF_DONE);
  EXPECT_EQ(taken(run.out.path), target);
  EXPECT_EQ(get("d/e/b"), "x");
  EXPECT_EQ(move(at("d"), at("moved")).status, PF_DONE);
  EXPECT_EQ(get("moved/e/b"), "x");
  EXPECT_EQ(entries(), 1u);
}

TEST_F(Folders, MovesAcrossFileSystems) {
  char other[] = "/dev/shm/pf-files-XXXXXX";
  if (!mkdtemp(other)) GTEST_SKIP() << "no second file system";
  put("a", "x");
  chmod(at("a").c_str(), 0640);
  std::string target = std::string(other) + "/d/b";
  EXPECT_EQ(move(at("a"), target).status, PF_DONE);
  EXPECT_FALSE(fs::exists(at("a")));
  EXPECT_EQ(fs::status(target).permissions(), fs::perms(0640));
  EXPECT_EQ(move(target, at("back")).status, PF_DONE);
  EXPECT_EQ(get("back"), "x");
  fs::remove_all(other);
}

TEST_F(Folders, MoveErrorsChangeNothing) {
  put("a", "new");
  put("b", "old");
  EXPECT_EQ(move(at("a"), at("b")).failure(),
            "io: cannot move `" + at("a") + "` to `" + at("b") + "`: there is a file");
  EXPECT_EQ(move(at("none"), at("c/d")).failure(),
            "io: cannot move `" + at("none") + "`: no such file or folder");
  EXPECT_EQ(get("a") + get("b"), "newold");
  EXPECT_EQ(move(at("a"), at("b"), true).status, PF_DONE);
  EXPECT_EQ(get("b"), "new");
  EXPECT_EQ(entries(), 1u);
}

TEST_F(Folders, DeletesFilesNotFolders) {
  put("a", "");
  EXPECT_EQ(remove(at("a")).status, PF_DONE);
  EXPECT_EQ(remove(at("a")).failure(),
            "io: cannot delete `" + at("a") + "`: no such file or folder");
  EXPECT_EQ(remove(at("a"), true).status, PF_DONE);
  EXPECT_EQ(remove(folder_).failure(),
            "io: cannot delete `" + folder_.string() + "`: it is a folder");
  put("real", "x");
  fs::create_symlink("real", at("link"));
  EXPECT_EQ(remove(at("link")).status, PF_DONE);
  EXPECT_EQ(get("real"), "x");
}

TEST_F(Folders, HashesFiles) {
  put("empty", "");
  EXPECT_EQ(hash(at("empty")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  put("abc", "abc");
  EXPECT_EQ(hash(at("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  put("large", std::string(1'000'000, 'a'));
  EXPECT_EQ(hash(at("large")), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_F(Folders, BytesAreAnyBytes) {
  std::string name = at("a"), bytes("\xff\0\x80", 3);
  NodeRun<write_bytes_in, write_bytes_out> written(pfn_files_write_bytes,
                                                   {text(name), text(bytes)});
  ASSERT_EQ(written.status, PF_DONE);
  EXPECT_EQ(get("a"), bytes);
  NodeRun<read_bytes_in, read_bytes_out> run(pfn_files_read_bytes, {text(name)});
  ASSERT_EQ(run.status, PF_DONE);
  EXPECT_EQ(taken(run.out.data), bytes);
}

TEST_F(Folders, TemporaryFoldersGoWithTheProgram) {
  setenv("TMPDIR", folder_.c_str(), 1);
  pid_t child = fork();
  if (child == 0) {
    NodeRun<temp_dir_in, temp_dir_out> run(pfn_files_temp_dir, {});
    fs::path made = string(run.out.path);
    fs::create_directories(made / "deep/er");
    fs::create_symlink(folder_, made / "deep/link");
    std::ofstream(made / "deep/er/file") << "x";
    std::ofstream(folder_ / "seen") << (run.status == PF_DONE && fs::exists(made / "deep/er/file"));
    exit(0);
  }
  int status;
  waitpid(child, &status, 0);
  unsetenv("TMPDIR");
  EXPECT_EQ(get("seen"), "1");
  EXPECT_EQ(entries(), 1u);
}
