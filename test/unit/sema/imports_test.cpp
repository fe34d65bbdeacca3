#include "checked_source.h"

namespace pflow {
namespace {

/// Files to import, beside the program.
class Imports : public testing::Test {
 protected:
  void write(const std::string& name, std::string_view text) { files_.files[name] = text; }
  [[nodiscard]] static std::string import(const std::string& name) {
    return "import \"" + name + "\"";
  }
  [[nodiscard]] CheckedSource checked(const std::string& text) const {
    return CheckedSource(text, files_);
  }

 private:
  MemoryFiles files_;
};

TEST_F(Imports, PathsAreRelativeToTheImportingFile) {
  write("lib/notes.pf", "import \"deep/marks.pf\"\nnode bullet(t: str) -> str = mark(t)\n");
  write("lib/deep/marks.pf", "import \"../more.pf\"\nnode mark(t: str) -> str = more(t)\n");
  write("lib/more.pf", "node more(t: str) -> str = t\n");
  CheckedSource source = checked(import("lib/notes.pf") + "\nprint(bullet(\"x\"))\n");
  EXPECT_EQ(source.codes(), "");
}

TEST_F(Imports, AFileImportedByTwoWaysIsParsedOnce) {
  write("a.pf", "import \"c.pf\"\nnode a() -> int = c()\n");
  write("b.pf", "import \"./c.pf\"\nnode b() -> int = c()\n");
  write("c.pf", "node c() -> int = 1\n");
  CheckedSource source = checked(import("a.pf") + "\n" + import("b.pf") + "\n" + import("c.pf") +
                                 "\nprint(a() + b() + c())\n");
  EXPECT_EQ(source.codes(), "");
  size_t nodes = 0;
  for (const sema::Callable& callable : source.program().callables)
    nodes += source.names.text(callable.name) == "c" ? 1 : 0;
  EXPECT_EQ(nodes, 1u);
}

TEST_F(Imports, ACallGoesToTheNodeOfItsOwnFile) {
  write("lib.pf", "node f() -> str = \"lib\"\nnode g() -> str = f()\n");
  CheckedSource source = checked(import("lib.pf") +
                                 " as lib\nnode f() -> int = 1\nflow main() { let a = f()\n"
                                 "let b = lib.f()\nlet c = lib.g()\nprint(\"${a}${b}${c}\") }\n");
  ASSERT_EQ(source.codes(), "");
  EXPECT_EQ(source.key_type("a"), "int");
  EXPECT_EQ(source.key_type("b"), "str");
  EXPECT_EQ(source.key_type("c"), "str");
}

TEST_F(Imports, TypesOfOneNameStayApart) {
  write("lib.pf", "schema Entry { text: str }\nnode read(e: Entry) -> str = e.text\n");
  std::string head = import("lib.pf") + " as lib\nschema Entry { n: int }\n";
  CheckedSource source =
      checked(head + "flow main() { print(lib.read(lib.Entry { text: \"x\" })) }\n");
  EXPECT_EQ(source.codes(), "");
  CheckedSource other = checked(head + "flow main() { print(lib.read(Entry { n: 1 })) }\n");
  EXPECT_EQ(other.codes(), "PF0301");
}

TEST_F(Imports, AnAliasOfATypeIsResolvedInItsOwnFile) {
  write("lib.pf", "type All = [Level]\ntype Level = \"low\" | \"high\"\n");
  CheckedSource source = checked(
      import("lib.pf") + " as lib\ntype Level = int\nflow main(all: lib.All) { print(all) }\n");
  ASSERT_EQ(source.codes(), "");
  EXPECT_EQ(source.key_type("all"), "[\"high\" | \"low\"]");
}

TEST_F(Imports, AFieldOfAKeyIsNoImport) {
  write("lib.pf", "node f() -> int = 1\n");
  CheckedSource source =
      checked(import("lib.pf") +
              " as lib\nschema S { f: int }\nflow main(s: S) { print(s.f + lib.f()) }\n");
  EXPECT_EQ(source.codes(), "");
}

TEST_F(Imports, TheEntryAndTheTestsAreTheProgramsOwn) {
  write("lib.pf",
        "flow main() { print(1) }\nflow other() { print(2) }\ntest \"t\" { nothing() }\n");
  CheckedSource source = checked(import("lib.pf") + "\nflow start() { other() }\n");
  ASSERT_EQ(source.codes(), "");
  ASSERT_TRUE(source.program().entry.valid());
  EXPECT_EQ(source.names.text(source.program().callable(source.program().entry).name), "start");
  EXPECT_TRUE(source.program().tests.empty());
}

TEST_F(Imports, StandardNodesAreSeenByEveryFileAndOwnNamesWin) {
  write("lib.pf", "node trim(in text: str) -> int = 1\nnode f(t: str) -> int = trim(t)\n");
  CheckedSource source =
      checked(import("lib.pf") +
              " as lib\nflow main(t: str) { let a = t.upper()\nlet b = lib.f(t)\n"
              "print(\"${a}${b}\") }\n");
  ASSERT_EQ(source.codes(), "");
  EXPECT_EQ(source.key_type("a"), "str");
}

TEST_F(Imports, OneNameOfTwoFilesIsAnErrorOnlyWhereBothAreBrought) {
  write("a.pf", "node f() -> int = 1\n");
  write("b.pf", "node f() -> int = 2\n");
  EXPECT_EQ(checked(import("a.pf") + "\n" + import("b.pf") + "\nprint(1)\n").codes(), "PF0220");
  EXPECT_EQ(checked(import("a.pf") + "\n" + import("b.pf") + " as b\nprint(f() + b.f())\n").codes(),
            "");
  EXPECT_EQ(checked(import("a.pf") + "\n" + import("a.pf") + "\nprint(f())\n").codes(), "");
}

TEST_F(Imports, VariantsOfOneNameCannotBeToldApart) {
  write("a.pf", "schema X { a: int }\n");
  write("b.pf", "schema X { b: int }\n");
  std::string head = import("a.pf") + " as a\n" + import("b.pf") + " as b\n";
  EXPECT_EQ(checked(head + "type S = a.X | b.X\nprint(1)\n").codes(), "PF0206");
  EXPECT_EQ(checked(head + "type S = a.X | a.X\nprint(1)\n").codes(), "");
}

TEST_F(Imports, OneMistakeIsOneReport) {
  write("lib.pf", "node map(x: int) -> int = x\nnode f() -> int = 1\n");
  CheckedSource builtin = checked(import("lib.pf") + " as lib\nprint(lib.map(1))\n");
  EXPECT_EQ(builtin.codes(), "PF0208");
  write("lib.pf", "node f() -> int = 1\n");
  CheckedSource shadowed =
      checked(import("lib.pf") + " as lib\nflow main() { let lib = \"x\"\nprint(lib.len()) }\n");
  EXPECT_EQ(shadowed.codes(), "PF0206");
  CheckedSource error = checked(import("lib.pf") + " as error\nprint(error.f())\n");
  EXPECT_EQ(error.codes(), "PF0206");
}

TEST_F(Imports, AnImportMayStandBehindItsUses) {
  write("lib.pf", "node f() -> int = 1\n");
  CheckedSource source =
      checked("flow main() { print(lib.f()) }\n" + import("lib.pf") + " as lib\n");
  EXPECT_EQ(source.codes(), "");
}

}  // namespace
}  // namespace pflow
