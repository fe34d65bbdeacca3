#include "checked_source.h"

namespace pflow {
namespace {

TEST(GenericCalls, TheTypeIsWrittenAsAnArgument) {
  CheckedSource source(R"(
schema Entry { a: int }
flow main(text: str) {
  let one = parse_json(text, schema: Entry)
  let many = text.parse_json(schema: [Entry]?)
  let any = parse_json(text)
  let word = parse_json(text, schema: "a" | "b")
  print("${one}${many ?? []}${any}${word}")
})");
  ASSERT_EQ(source.codes(), "");
  EXPECT_EQ(source.key_type("one"), "Entry");
  EXPECT_EQ(source.key_type("many"), "[Entry]?");
  EXPECT_EQ(source.key_type("any"), "json");
  EXPECT_EQ(source.key_type("word"), "\"a\" | \"b\"");
}

TEST(GenericCalls, TheTypeFollowsFromArguments) {
  CheckedSource source(R"(
flow main(numbers: [int], words: [str], table: map<float>) {
  let back = numbers.reverse()
  let pairs = zip(numbers, words)
  let top = numbers.sort().first()
  let total = table.entries().map(e => e.value).sum()
  let again = table.entries().to_map()
  print("${back}${pairs}${top ?? 0}${total}${again}")
})");
  ASSERT_EQ(source.codes(), "");
  EXPECT_EQ(source.key_type("back"), "[int]");
  EXPECT_EQ(source.key_type("pairs"), "[Pair<int, str>]");
  EXPECT_EQ(source.key_type("top"), "int?");
  EXPECT_EQ(source.key_type("total"), "float");
  EXPECT_EQ(source.key_type("again"), "map<float>");
}

TEST(GenericCalls, AllOutputsOfAStageFollow) {
  CheckedSource source(R"(
schema Entry { a: int }
flow main() {
  ask_model("x", schema: Entry) -> { response: r, all: list, tokens: n } as asked
  print("${asked.response.a}${list}${n}${r}${tokens}")
})");
  ASSERT_EQ(source.codes(), "");
  EXPECT_EQ(source.key_type("r"), "Entry");
  EXPECT_EQ(source.key_type("list"), "[Entry]");
  EXPECT_EQ(source.key_type("n"), "int");
  const sema::CallInfo& call = source.call(
      "ask_model(\"x\", schema: Entry) -> { response: r, all: list, tokens: n } as asked");
  ASSERT_EQ(call.type_arguments.size(), 1u);
  EXPECT_EQ(source.types.name(call.ports[1]), "Entry?");
  EXPECT_EQ(source.types.name(call.outputs[1]), "[Entry]");
}

TEST(GenericCalls, AKeyIsInferredFromALaterGenericStage) {
  CheckedSource source(R"(
flow main(go: bool) {
  let n = 1
  ask_model("x", schema: [int]) -> got
  print("${got.len() + n}")
})");
  ASSERT_EQ(source.codes(), "");
  EXPECT_EQ(source.key_type("got"), "[int]");
}

TEST(GenericCalls, NodesOfOneNameAreToldApartByTheFirstArgument) {
  CheckedSource source(R"(
flow main(table: map<int>, list: [str]) {
  let a = table.get("x")
  let b = list.get(0)
  read_lines("f") >> take(2) >> collect() -> all
  print("${a ?? 0}${b ?? ""}${all}")
})");
  ASSERT_EQ(source.codes(), "");
  EXPECT_EQ(source.key_type("a"), "int?");
  EXPECT_EQ(source.key_type("b"), "str?");
  EXPECT_EQ(source.key_type("all"), "[str]");
}

TEST(GenericCalls, BoundsHaveNames) {
  EXPECT_EQ(CheckedSource("schema S { a: int }\nflow main(s: [S]) { print(s.sort()) }").codes(),
            "PF0304");
  EXPECT_EQ(CheckedSource("flow main(s: [str]) { print(s.sum()) }").codes(), "PF0304");
}

TEST(GenericCalls, WhatShowsItsValueTakesNoSecret) {
  EXPECT_EQ(CheckedSource("flow main(s: secret) { print(to_json(s)) }").codes(), "PF0323");
  EXPECT_EQ(
      CheckedSource("flow main(s: secret) { let l = [s].reverse()\n print(l.len()) }").codes(), "");
}

TEST(GenericCalls, AnOpenTypeIsReportedOnce) {
  EXPECT_EQ(CheckedSource("flow main() { print(to_json(none)) }").codes(), "PF0342");
  EXPECT_EQ(CheckedSource("flow main() { print([].reverse()) }").codes(), "PF0302");
  EXPECT_EQ(CheckedSource("flow main() { print(parse_json(\"\", schema: 3)) }").codes(), "PF0343");
}

TEST(GenericCalls, ALookUpOfASecretMayStandInside) {
  EXPECT_EQ(CheckedSource("flow main() { fetch(\"https://x\", headers: "
                          "{ \"a\": \"Bearer ${key(\"demo\")}\" }) -> b\n print(b) }")
                .codes(),
            "");
}

TEST(GenericCalls, ABuiltinsNameIsALambda) {
  CheckedSource source(
      "flow main(n: [int]) { let t = n.map(str)\n let f = [n].map(reverse)\n "
      "print(\"${t}${f}\") }");
  ASSERT_EQ(source.codes(), "");
  EXPECT_EQ(source.key_type("t"), "[str]");
  EXPECT_EQ(source.key_type("f"), "[[int]]");
}

}  // namespace
}  // namespace pflow
