#include "frontend/query/snapshot.h"

#include "test/unit/query/asked_source.h"

namespace pflow::query {
namespace {

std::string codes(const Snapshot& snapshot) {
  std::string text;
  for (const Diagnostic& each : snapshot.diagnostics.all())
    text += (text.empty() ? "" : " ") + diagnostic_code(*each.info);
  return text;
}

TEST(Snapshot, OfAMissingImportTellsThatAlone) {
  AskedSource source(
      "import \"no.pf\"\nnode f(a: str) -> int = a.len()\nflow main() { print(f(no())) }\n");
  EXPECT_EQ(codes(source.snapshot), "PF0218");
  EXPECT_EQ(source.at("f(no").entity.kind, EntityKind::Decl);
}

TEST(Snapshot, OfBrokenSyntaxTellsThatAlone) {
  AskedSource source("flow main() {\n  let a = )\n  print(a)\n  print(unknown)\n}\n");
  EXPECT_EQ(source.snapshot.diagnostics.all().size(), 1U);
}

TEST(Snapshot, OfAFileWithoutMainIsALibrary) {
  EXPECT_EQ(codes(AskedSource("node f() -> int = 1\n").snapshot), "");
  EXPECT_EQ(
      codes(
          AskedSource(
              "flow a(x: stream<int>) { x >> collect() -> y\n  print(y) }\nflow b() { print(1) }\n")
              .snapshot),
      "");
}

TEST(Snapshot, OfAStandardNodeIsItsTree) {
  MemoryFiles files = files_of("");
  Snapshot snapshot("nodes/files/files.pf", files, {"nodes"});
  EXPECT_TRUE(snapshot.is_interface);
  EXPECT_EQ(codes(snapshot), "");
  EXPECT_FALSE(Occurrences(snapshot).all().empty());
}

}  // namespace
}  // namespace pflow::query
