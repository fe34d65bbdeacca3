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
  Parsed parsed("flow f() -> str {}\nflow g() -> [Entry] {}\nflow h() -> Entry {}\n");
  EXPECT_EQ(parsed.diagnostics.error_count(), 3u);
  EXPECT_EQ(parsed.edited(),
            "flow f() -> (result: str) {}\nflow g() -> (result: [Entry]) {}\n"
            "flow h() -> (result: Entry) {}\n");
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
  EXPECT_EQ(interface_tree("## Runs it.\n"
                           "extern node run(\n"
                           "  ## What to run.\n"
                           "  command: cmd, in if: str? = none)\n"
                           "  -> (out stdout: str, code: int)  effects(process, fs.read) async "
                           "actions(\"a\", \"b\")\n"
                           "pure extern node f(a: display) -> (b: str) blocking preflight\n"),
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
            "    preflight\n");
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

}  // namespace
}  // namespace pflow
