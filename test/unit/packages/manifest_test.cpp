#include "frontend/packages/manifest.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace pflow::packages {
namespace {

struct Read {
  explicit Read(std::string text) {
    const FileId file = sources.add("package.toml", std::move(text));
    manifest = read_manifest(file, sources, diagnostics);
  }
  /// `2:11 message` of each mistake.
  [[nodiscard]] std::string mistakes() const {
    std::string text;
    for (const Diagnostic& each : diagnostics.all()) {
      const LineColumn at = sources.line_column(each.span.file, each.span.begin);
      text += fmt::format("{}:{} {}\n", at.line, at.column, each.message);
    }
    return text;
  }

  SourceMap sources;
  Diagnostics diagnostics;
  Manifest manifest;
};

constexpr std::string_view kHead = "name = \"greet\"\nversion = \"1.2.3\"\npflow = 1\n";

TEST(Manifest, IsReadWhole) {
  Read read(std::string(kHead) +
            "description = \"Politeness\"\nlicense = \"MIT\"\nhomepage = \"https://example.org\"\n"
            "sources = [\"greet.c\", \"src/more.cpp\"]\nflags = [\"-DX\"]\nlink = [\"libm.a\"]\n");
  EXPECT_EQ(read.mistakes(), "");
  EXPECT_EQ(read.manifest.name, "greet");
  EXPECT_EQ(read.manifest.version, "1.2.3");
  EXPECT_EQ(read.manifest.abi, 1);
  EXPECT_EQ(read.manifest.description, "Politeness");
  EXPECT_EQ(read.manifest.license, "MIT");
  EXPECT_EQ(read.manifest.homepage, "https://example.org");
  EXPECT_EQ(read.manifest.sources, (std::vector<std::string>{"greet.c", "src/more.cpp"}));
  EXPECT_EQ(read.manifest.flags, std::vector<std::string>{"-DX"});
  EXPECT_EQ(read.manifest.link, std::vector<std::string>{"libm.a"});
}

TEST(Manifest, NamesWhatIsBroughtBesideNodes) {
  Read read(std::string(kHead) +
            "models = \"data/models.yaml\"\n[loaders]\nissue = \"fetch\"\nletter-1 = \"read\"\n");
  EXPECT_EQ(read.mistakes(), "");
  EXPECT_EQ(read.manifest.models, "data/models.yaml");
  ASSERT_EQ(read.manifest.loaders.size(), 2U);
  EXPECT_EQ(read.manifest.loaders[0].prefix, "issue");
  EXPECT_EQ(read.manifest.loaders[0].node, "fetch");
  EXPECT_EQ(read.sources.text(read.manifest.loaders[0].span), "issue = \"fetch\"");
  EXPECT_EQ(read.manifest.loaders[1].prefix, "letter-1");
}

TEST(Manifest, RefusesOtherModelsAndLoaders) {
  EXPECT_EQ(Read(std::string(kHead) + "models = \"/etc/models.yaml\"\n").mistakes(),
            "4:10 `/etc/models.yaml` is no path in the package\n");
  EXPECT_EQ(Read(std::string(kHead) + "loaders = 1\n").mistakes(),
            "4:11 `loaders` expects a table of texts\n");
  EXPECT_EQ(
      Read(std::string(kHead) + "[loaders]\nhttp = \"fetch\"\n\"a b\" = \"c\"\nd = 1\n").mistakes(),
      "7:5 `d` expects a text\n6:1 `a b` is no prefix of fragments\n"
      "5:1 `http` is no prefix of fragments\n");
}

TEST(Manifest, LacksNothingSilently) {
  EXPECT_EQ(Read("").mistakes(), "1:1 the keys `name`, `version`, `pflow` are missing\n");
  EXPECT_EQ(Read("name = \"a\"\npflow = 1\n").mistakes(), "1:1 the key `version` is missing\n");
  EXPECT_EQ(Read("name = \"\"\nversion = \"1.0.0\"\npflow = 1\n").mistakes(),
            "1:8 `name` is empty\n");
}

TEST(Manifest, ShowsWhereItsMistakesAre) {
  EXPECT_EQ(Read("name = greet\n").mistakes(), "1:8 this is no TOML\n");
  EXPECT_EQ(Read("name = \"Greet\"\nversion = \"1\"\npflow = \"1\"\n").mistakes(),
            "3:9 `pflow` expects a whole number\n1:8 `Greet` names no package\n"
            "2:11 `1` is no version\n");
  // Columns are those of code points.
  EXPECT_EQ(Read(std::string(kHead) + "description = \"ä\"; x\n").mistakes().substr(0, 2), "4:");
  EXPECT_EQ(Read(std::string(kHead) + "licence = \"MIT\"\n").mistakes(),
            "4:1 unknown key `licence`\n");
  EXPECT_EQ(Read("name = \"a\"\nversion = \"1.0.0\"\npflow = 2\n").mistakes(),
            "3:9 the package `a` is made for version 2 of the ABI, this pflowc has version 1\n");
}

TEST(Manifest, NamesOnlySourcesThatAreThereToCompile) {
  const auto sources = [](std::string_view list) {
    return Read(fmt::format("{}sources = [{}]\n", kHead, list)).mistakes();
  };
  EXPECT_EQ(sources("\"../a.c\""), "4:11 `../a.c` is no path in the package\n");
  EXPECT_EQ(sources("\"/a.c\""), "4:11 `/a.c` is no path in the package\n");
  EXPECT_EQ(sources("\"a.go\""), "4:11 nothing compiles `a.go`\n");
  EXPECT_EQ(sources("\"a.rs\", \"b.c\""), "4:11 a source in Rust stands alone\n");
  EXPECT_EQ(sources("\"Cargo.toml\""), "");
  EXPECT_EQ(sources("1"), "4:12 `sources` expects texts\n");
}

TEST(Manifest, OfGarbageIsAMistakeAndNoMore) {
  for (std::string text : {std::string("\0\0", 2), std::string("\xff\xfe"), std::string("[[[[[["),
                           std::string(5000, '['), std::string("name = \"\"\"\n\n\n"),
                           std::string("a = 1\r\nb ="), std::string("\n\n\nname = 'x")})
    EXPECT_NE(Read(text).mistakes(), "") << text;
}

TEST(Manifest, NamesAPackageWhateverElseIsWrong) {
  EXPECT_EQ(name_in_manifest("version = 3\nname = \"greet\"\n"), "greet");
  EXPECT_EQ(name_in_manifest("name = 3\n"), "");
  EXPECT_EQ(name_in_manifest("name = \"greet\"\nversion = \n"), "");
}

}  // namespace
}  // namespace pflow::packages
