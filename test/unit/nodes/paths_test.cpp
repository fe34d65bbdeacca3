// The functions on paths.
#include "paths.pf.hpp"
#include "test/unit/nodes/node_call.h"

using namespace node_test;

namespace {

std::string base(std::string_view path) {
  return taken(NodeRun<basename_in, basename_out>(pfn_paths_basename, {text(path)}).out.name);
}
std::string folder(std::string_view path) {
  return taken(NodeRun<dirname_in, dirname_out>(pfn_paths_dirname, {text(path)}).out.folder);
}
std::string ending(std::string_view path) {
  NodeRun<extension_in, extension_out> run(pfn_paths_extension, {text(path)});
  return taken(run.out.extension);
}
std::string joined(std::string_view folder, std::string_view path) {
  NodeRun<join_path_in, join_path_out> run(pfn_paths_join_path, {text(folder), text(path)});
  return taken(run.out.path);
}
NodeRun<relative_path_in, relative_path_out> relative(std::string_view path,
                                                      std::string_view from) {
  return {pfn_paths_relative_path, {text(path), text(from)}};
}

}  // namespace

TEST(Paths, LastPartAndTheRest) {
  EXPECT_EQ(base("a/b/c.txt") + " " + folder("a/b/c.txt"), "c.txt a/b");
  EXPECT_EQ(base("c.txt") + " " + folder("c.txt"), "c.txt .");
  EXPECT_EQ(base("a/b//") + " " + folder("a/b//"), "b a");
  EXPECT_EQ(base("a//b") + " " + folder("a//b"), "b a");
  EXPECT_EQ(base("/a") + " " + folder("/a"), "a /");
  EXPECT_EQ(base("/") + " " + folder("/"), "/ /");
  EXPECT_EQ(base("") + " " + folder(""), " .");
}

TEST(Paths, PartsShareTheBuffer) {
  pf_str path = owned("a/b");
  NodeRun<basename_in, basename_out> run(pfn_paths_basename, {path});
  EXPECT_EQ(run.out.name.owner, path.owner);
  EXPECT_EQ(path.owner->count, 2);
  pf_str_release(run.out.name);
  pf_str_release(path);
}

TEST(Paths, Extension) {
  EXPECT_EQ(ending("a/b.tar.gz"), ".gz");
  EXPECT_EQ(ending("a.d/Makefile"), "");
  EXPECT_EQ(ending(".profile"), "");
  EXPECT_EQ(ending(".profile.bak"), ".bak");
  EXPECT_EQ(ending("end."), ".");
  EXPECT_EQ(ending(".."), "");
}

TEST(Paths, Join) {
  EXPECT_EQ(joined("a", "b"), "a/b");
  EXPECT_EQ(joined("a/", "b"), "a/b");
  EXPECT_EQ(joined("a", "/b"), "/b");
  EXPECT_EQ(joined("", "b"), "b");
  EXPECT_EQ(joined("a", ""), "a");
}

TEST(Paths, Relative) {
  auto way = [](std::string_view path, std::string_view from) {
    return taken(relative(path, from).out.path);
  };
  EXPECT_EQ(way("a/c", "a/b"), "../c");
  EXPECT_EQ(way("/a/b/c", "/a"), "b/c");
  EXPECT_EQ(way("/a", "/a/b/c/"), "../..");
  EXPECT_EQ(way("a/./b/../c", "a"), "c");
  EXPECT_EQ(way("a", "a"), ".");
  EXPECT_EQ(way("../x", "a"), "../../x");
  EXPECT_EQ(way("/../x", "/"), "x");
  EXPECT_EQ(relative("/a", "b").failure(),
            "value: one of `path` and `from` begins with `/`, the other does not");
  EXPECT_EQ(relative("a", "../b").failure(),
            "value: the folder `from` lies above where the path begins");
}
