#include <gtest/gtest.h>

#include "frontend/ast/print.h"
#include "parsed.h"

namespace pflow {
namespace {

std::string interface_tree(std::string text) {
  Parsed parsed(std::move(text), FileRole::Interface);
  return parsed.diagnostics.has_errors() ? parsed.errors() : parsed.tree();
}

TEST(Declarations, FlowArrowNamesKeys) {
  EXPECT_EQ(Parsed("flow f(a: str, in b: int = 3) -> draft { a() }\n").tree(),
            "file\n"
            "  flow f\n"
            "    param a: str\n"
            "    param in b: int\n"
            "      int 3\n"
            "    result draft\n"
            "    chain\n"
            "      stage\n"
            "        call\n"
            "          name a\n");
  EXPECT_EQ(Parsed("flow f() -> (a, b: [str]?) {}\n").tree(),
            "file\n"
            "  flow f\n"
            "    result a\n"
            "    result b: [str]?\n");
}

TEST(Declarations, FlowArrowWithAType) {
  EXPECT_EQ(Parsed("flow f() -> str {}\nflow g() -> [Entry] {}\nflow h() -> Entry {}\n").tree(),
            "file\n"
            "  flow f\n"
            "    result str\n"
            "  flow g\n"
            "    result: [Entry]\n"
            "  flow h\n"
            "    result: Entry\n");
}

TEST(Declarations, FunctionNodes) {
  EXPECT_EQ(Parsed("node f(in t: str) -> str = t + \"!\"\nnode g() -> (out: int) {\n"
                   "  let a = 1\n  a\n}\n")
                .tree(),
            "file\n"
            "  node f\n"
            "    param in t: str\n"
            "    output: str\n"
            "    binary +\n"
            "      name t\n"
            "      string \"!\"\n"
            "  node g\n"
            "    output out: int\n"
            "    block\n"
            "      let a\n"
            "        int 1\n"
            "      name a\n");
  EXPECT_EQ(Parsed("node f() {\n  a() >> b()\n}\n").errors(),
            "2:3 PF0134 expected `let`s and one value in this block, found a chain\n");
}

TEST(Declarations, Interfaces) {
  EXPECT_EQ(
      interface_tree(
          "## Runs it.\n"
          "extern node run(\n"
          "  ## What to run.\n"
          "  command: cmd, in if: str? = none)\n"
          "  -> (out stdout: str, code: int)  effects(process, fs.read) async "
          "actions(\"a\", \"b\")\n"
          "pure extern node f(a: display) -> (b: str) blocking preflight errors(io, rate_limit)\n"),
      "file\n"
      "  extern node run\n"
      "    doc \"Runs it.\"\n"
      "    param command: cmd\n"
      "      doc \"What to run.\"\n"
      "    param in if: str?\n"
      "      none\n"
      "    output out stdout: str\n"
      "    output code: int\n"
      "    effect fs.read\n"
      "    effect process\n"
      "    async\n"
      "    action \"a\"\n"
      "    action \"b\"\n"
      "  extern node f\n"
      "    param a: display\n"
      "    output b: str\n"
      "    pure\n"
      "    blocking\n"
      "    preflight\n"
      "    error io\n"
      "    error rate_limit\n");
}

TEST(Declarations, TypeParametersAndPortsThatTakeTypes) {
  EXPECT_EQ(interface_tree("extern node f<T, U>(schema: type T = map<str>, other: type U = str) -> "
                           "(out rows: [T]) retries(2)\n"),
            "file\n"
            "  extern node f<T, U>\n"
            "    param schema: type T = map<str>\n"
            "    param other: type U = str\n"
            "    output out rows: [T]\n"
            "    retries 2\n");
  Parsed flow("flow f<T>(a: type T) {}\n");
  EXPECT_EQ(flow.errors(),
            "1:7 PF0160 only an `extern node` has type parameters\n"
            "1:14 PF0160 only an `extern node` has ports that take a type\n");
  EXPECT_EQ(interface_tree("extern node f(a: type T = 1 + 1, b: str str) retries\n"),
            "1:27 PF0119 expected a type, found `1 + 1`\n"
            "1:41 PF0119 expected the end of the port's type, found `str`\n"
            "1:46 PF0119 expected a number in `retries(…)`, found none\n");
  EXPECT_EQ(Parsed("flow f(a: str = map<str>) {}\n").errors(),
            "1:17 PF0136 expected a value, found the type `map<str>`\n");
}

TEST(Declarations, OutputsOfExternNodesHaveNames) {
  Parsed parsed("extern node f(a: str) -> str\n", FileRole::Interface);
  EXPECT_EQ(parsed.errors(), "1:26 PF0119 expected `(`, found `str`\n");
  ASSERT_EQ(parsed.diagnostics.all()[0].helps.size(), 1u);
}

TEST(Declarations, TypesWithArgumentsAndOfImports) {
  EXPECT_EQ(Parsed("type T = map<map<[str]?>> | stream<n.A> | Pair<A, n.B>?\n").tree(),
            "file\n  type T = map<map<[str]?>> | stream<n.A> | Pair<A, n.B>?\n");
}

TEST(Declarations, Imports) {
  EXPECT_EQ(Parsed("import \"lib/a.pf\"\nimport \"b.pf\" as b\nimport slack\n").tree(),
            "file\n"
            "  import \"lib/a.pf\"\n"
            "  import \"b.pf\" as b\n"
            "  import slack\n");
  EXPECT_EQ(Parsed("import \"${x}\"\nimport if\nimport 1\n").errors(),
            "1:9 PF0140 expected a plain string, found an interpolation\n"
            "2:8 PF0133 the reserved word `if` names no package\n"
            "3:8 PF0119 expected a name, found `1`\n");
}

TEST(Declarations, Tests) {
  EXPECT_EQ(Parsed("test \"adds up\" {\n  f() -> x\n  assert x == 1, \"why\"\n}\n").tree(),
            "file\n"
            "  test \"adds up\"\n"
            "    chain\n"
            "      stage\n"
            "        call\n"
            "          name f\n"
            "        -> x\n"
            "    assert\n"
            "      binary ==\n"
            "        name x\n"
            "        int 1\n"
            "      why\n"
            "        string \"why\"\n");
  EXPECT_EQ(Parsed("test(1)\n").errors(), "");
}

TEST(Declarations, Editions) {
  EXPECT_EQ(Parsed("# note\nedition 2026\na()\n").errors(), "");
  EXPECT_EQ(Parsed("edition 2027\n").errors(), "1:9 PF0158 unknown edition `2027`\n");
  EXPECT_EQ(Parsed("schema A { a: str }\nedition 2026\n").errors(),
            "2:1 PF0159 the edition is not the file's first item\n");
}

TEST(Declarations, AttributeMistakes) {
  EXPECT_EQ(interface_tree("extern node f() effects(fs.raed) asinc\n"
                           "pur extern node g(out a: str) -> (in b: str)\n"),
            "1:25 PF0142 unknown effect `fs.raed`\n"
            "1:34 PF0141 unknown attribute `asinc`\n"
            "2:19 PF0143 expected `in` or nothing before the port's name, found `out`\n"
            "2:35 PF0143 expected `out` or nothing before the port's name, found `in`\n"
            "2:1 PF0141 unknown attribute `pur`\n");
}

TEST(Declarations, WhatStandsWhere) {
  EXPECT_EQ(Parsed("extern node f()\n").errors(),
            "1:1 PF0144 `extern node` does not stand in a program\n");
  EXPECT_EQ(interface_tree("flow f() {}\na()\n"),
            "1:1 PF0144 a flow does not stand in an interface file\n"
            "2:1 PF0144 a statement does not stand in an interface file\n");
  EXPECT_EQ(Parsed("a()\nlet x = 1\nflow f() {}\n").errors(),
            "2:1 PF0139 a second statement stands outside of a flow\n"
            "1:1 PF0138 the file has both flows and a chain outside of them\n");
}

TEST(Declarations, SchemasAndTypes) {
  EXPECT_EQ(Parsed("schema Entry {\n"
                   "  ## One line.\n"
                   "  summary: str\n"
                   "  kind: \"a\" | \"b\"; tags: [str] = []\n"
                   "  class_name: str? as \"class\"\n"
                   "}\n"
                   "type Level = (\"low\" | \"high\")? | [int?]\n")
                .tree(),
            "file\n"
            "  schema Entry\n"
            "    field summary: str\n"
            "      doc \"One line.\"\n"
            "    field kind: \"a\" | \"b\"\n"
            "    field tags: [str]\n"
            "      list\n"
            "    field class_name: str? as \"class\"\n"
            "  type Level = (\"low\" | \"high\")? | [int?]\n");
  Parsed parsed("schema A { a: str, b: int }\n");
  EXPECT_EQ(parsed.errors(), "1:18 PF0148 expected a new line or `;` between fields, found `,`\n");
  EXPECT_EQ(parsed.edited(), "schema A { a: str; b: int }\n");
}

TEST(Declarations, Docs) {
  Parsed parsed(
      "#!/usr/bin/env pflowc\n"
      "## The file,\n"
      "## in two lines.\n"
      "\n"
      "### no doc\n"
      "## The flow.\n"
      "##\n"
      "## More.\n"
      "flow f(\n"
      "  ## The parameter.\n"
      "  a: str) -> (\n"
      "  ## The result.\n"
      "  b: str) { }  ## no doc\n"
      "\n"
      "## The node.\n"
      "\n"
      "node n() = 1\n");
  EXPECT_EQ(parsed.errors(), "");
  EXPECT_EQ(parsed.tree(),
            "file\n"
            "  doc \"The file,\\nin two lines.\"\n"
            "  flow f\n"
            "    doc \"The flow.\\n\\nMore.\"\n"
            "    param a: str\n"
            "      doc \"The parameter.\"\n"
            "    result b: str\n"
            "      doc \"The result.\"\n"
            "  node n\n"
            "    doc \"The node.\"\n"
            "    int 1\n");
}

TEST(Declarations, PlacesAreLinesAndColumns) {
  Parsed parsed("flow f() {\n  a(1)\n}\n");
  EXPECT_EQ(ast::print(*parsed.file, parsed.names, {&parsed.sources}),
            "file\n"
            "  flow f @1:1\n"
            "    chain @2:3\n"
            "      stage @2:3\n"
            "        call @2:3\n"
            "          name a @2:3\n"
            "          arg @2:5\n"
            "            int 1 @2:5\n");
}

TEST(DocComments, OfAFileWithoutItemsAreItsOwn) {
  EXPECT_EQ(Parsed("## The file,  \n## in two lines.\t").tree(),
            Parsed("## The file,\n## in two lines.\n\n").tree());
}

}  // namespace
}  // namespace pflow
