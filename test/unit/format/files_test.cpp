/// The layout of every program and interface of this repository, and of every block of its pages.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "test/support/format_laws.h"

namespace pflow {
namespace {

namespace fs = std::filesystem;

std::string content(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Calls `take(path)` for each file below the folder with this extension.
template <typename Take>
void for_each_file(const char* folder, std::string_view extension, Take take) {
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(PFLOW_SOURCES) / folder))
    if (entry.is_regular_file() && entry.path().extension() == extension) take(entry.path());
}

TEST(FilesOfTheRepository, HaveALayout) {
  size_t seen = 0;
  for (const char* folder : {"examples", "stdlib-nodes", "test"}) {
    for_each_file(folder, ".pf", [&](const fs::path& path) {
      ++seen;
      EXPECT_EQ(broken_format_law(content(path)), "") << path;
    });
  }
  EXPECT_GT(seen, 800U);
}

TEST(FilesOfTheRepository, HaveALayoutInPages) {
  size_t seen = 0;
  for_each_file("docs", ".md", [&](const fs::path& path) {
    std::string page = content(path);
    for (size_t at = page.find("```pf"); at != std::string::npos; at = page.find("```pf", at)) {
      size_t begin = page.find('\n', at) + 1;
      size_t end = std::min(page.find("```\n", begin), page.size());
      ++seen;
      EXPECT_EQ(broken_format_law(page.substr(begin, end - begin)), "") << path << " " << seen;
      at = end + 3;
    }
  });
  EXPECT_GT(seen, 500U);
}

TEST(FilesOfTheRepository, ExamplesAndInterfacesAreLaidOut) {
  for (const char* folder : {"examples", "stdlib-nodes"}) {
    for_each_file(folder, ".pf", [](const fs::path& path) {
      Result<std::string> made = format::format(content(path));
      ASSERT_TRUE(made) << path;
      EXPECT_EQ(*made, content(path));
    });
  }
}

}  // namespace
}  // namespace pflow
