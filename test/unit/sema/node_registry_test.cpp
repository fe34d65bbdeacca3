#include "frontend/sema/files/node_registry.h"

#include <gtest/gtest.h>

#include "checked_source.h"

namespace pflow {
namespace {

using sema::declared_names;
using sema::NodeRegistry;

TEST(NodeRegistry, FindsNamesByTheFirstWordsOfALine) {
  EXPECT_EQ(declared_names("## extern node not_me\n"
                           "extern node one(x: int) -> (out y: int)\n"
                           "  pure  extern node two(\n"
                           "schema Three {\n"
                           "type Four = \"a\"\r\n"
                           "externally node five\n"),
            (std::vector<std::string_view>{"one", "two", "Three", "Four"}));
}

TEST(NodeRegistry, KnowsTheModuleOfAName) {
  MemoryFiles files;
  files.load_interfaces(SEMA_INPUTS, "nodes");
  NodeRegistry registry(files, "nodes");
  ASSERT_GE(registry.find("llm"), 0);
  EXPECT_EQ(registry.files()[registry.find("llm")].module, "models");
  EXPECT_EQ(registry.find("Usage"), registry.find("llm"));
  EXPECT_EQ(registry.find("nowhere"), -1);
}

TEST(NodeRegistry, AnAbsentFolderHasNoNodes) {
  MemoryFiles files;
  EXPECT_TRUE(NodeRegistry(files, "nonexistent").files().empty());
}

TEST(NodeRegistry, OnlyModulesThatAreUsedAreParsed) {
  CheckedSource source("flow main(name: str) { print(name.upper()) }");
  EXPECT_EQ(source.codes(), "");
  EXPECT_EQ(source.checked.files.size(), 3u);
  EXPECT_EQ(source.callable("upper").module, "words");
}

}  // namespace
}  // namespace pflow
