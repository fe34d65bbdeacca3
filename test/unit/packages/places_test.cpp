#include "frontend/packages/places.h"

#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "frontend/packages/search_order.h"
#include "test/support/memory_files.h"

namespace pflow::packages {
namespace {

std::string manifest(const std::string& name) {
  return "name = \"" + name + "\"\nversion = \"1.0.0\"\npflow = 1\n";
}

TEST(Places, HoldPackagesByTheNamesThatTheyGiveThemselves) {
  MemoryFiles files;
  files.files = {{"packages/b/package.toml", manifest("b")},
                 {"packages/folder/package.toml", manifest("a")},
                 {"packages/broken/package.toml", "name = "},
                 {"packages/none/other.toml", ""},
                 {"packages/README.md", ""}};
  std::string found;
  for (const PackageFolder& each : packages_in(files, "packages"))
    found += each.name + " " + each.interface() + "\n";
  EXPECT_EQ(found, "a packages/folder/a.pf\nb packages/b/b.pf\nbroken packages/broken/broken.pf\n");
  EXPECT_TRUE(packages_in(files, "absent").empty());
}

TEST(Places, KnowWhichFileIsAnInterface) {
  MemoryFiles files;
  files.files = {{"p/greet/package.toml", manifest("greet")}, {"greet.pf", ""}};
  ASSERT_TRUE(package_of(files, "p/greet/greet.pf"));
  EXPECT_EQ(package_of(files, "p/greet/greet.pf")->path, "p/greet");
  EXPECT_FALSE(package_of(files, "p/greet/more.pf"));
  EXPECT_FALSE(package_of(files, "greet.pf"));
}

TEST(SearchOrder, BeginsBesideTheProgramThenBesideItsPackage) {
  MemoryFiles files;
  files.files = {{"p/greet/package.toml", manifest("greet")}};
  const Places places{{"given", "home"}, {}};
  const auto order = [&](std::string_view program) {
    return fmt::format("{}", fmt::join(search_order(files, program, places), " "));
  };
  EXPECT_EQ(order("main.pf"), "packages given home");
  EXPECT_EQ(order("a/main.pf"), "a/packages given home");
  EXPECT_EQ(order("p/greet/greet.pf"), "p/greet/packages p/ given home");
  EXPECT_EQ(order("p/greet/tests/greet_test.pf"), "p/greet/tests/packages p/ given home");
}

}  // namespace
}  // namespace pflow::packages
