// The types of json, maps, sums, match and streams.
#include "checked_source.h"

namespace pflow {
namespace {

TEST(Values, JsonIsNavigatedAndReadAsAType) {
  CheckedSource source(R"(
schema Entry { a: int }
flow main(j: json) {
  let inner = j.list[0]["key"].name
  let entry = inner.as(Entry)
  let maybe = inner.as([Entry]?)
  let same = j.status == 404 and j.gone == none
  print("${entry}${maybe ?? []}${same}")
})");
  ASSERT_EQ(source.codes(), "");
  EXPECT_EQ(source.key_type("inner"), "json");
  EXPECT_EQ(source.key_type("entry"), "Entry");
  EXPECT_EQ(source.key_type("maybe"), "[Entry]?");
}

TEST(Values, LiteralsAreJsonWhereItIsExpected) {
  EXPECT_EQ(CheckedSource(R"(
schema Entry { a: int }
flow main(e: Entry, list: [int]) {
  let a: json = { "x": 1, "y": [1, "a", none, { "z": e }], "list": list }
  let b: json = [1, "a"]
  let c: json = if list == [] { {} } else { "text" }
  fetch("https://x", json: { "a": true }) -> body
  print("${a}${b}${c}${body}")
})")
                .codes(),
            "");
  EXPECT_EQ(CheckedSource("flow main(s: secret) { let a: json = { \"k\": s }\n print(a) }").codes(),
            "PF0323");
  EXPECT_EQ(CheckedSource("flow main(x: int) { let a: json = x\n print(a) }").codes(), "PF0301");
}

TEST(Values, MapsHaveOneTypeOfValues) {
  CheckedSource source(R"(
flow main() {
  let m = { "a": 1, "b": 2.5 }
  let more = { ...m, "c": 3 }
  let x = m["a"]
  let has = "a" in m
  let empty: map<int> = {}
  let copy = { ...more }
  print("${more}${x}${has}${empty}${m.len()}${copy}")
})");
  ASSERT_EQ(source.codes(), "");
  EXPECT_EQ(source.key_type("m"), "map<float>");
  EXPECT_EQ(source.key_type("more"), "map<float>");
  EXPECT_EQ(source.key_type("x"), "float");
  EXPECT_EQ(source.key_type("copy"), "map<float>");
}

TEST(Values, ArmsOfMatchSeeTheirVariant) {
  CheckedSource source(R"(
schema Search { query: str }
schema Answer { score: int }
type Step = Search | Answer
node show(step: Step) -> str = match step { Search s => s.query, Answer a => str(a.score) }
flow main(step: Step) {
  let wide: Step = Search { query: "x" }
  print(show(step) + show(Answer { score: 1 }) + show(wide))
})");
  ASSERT_EQ(source.codes(), "");
  EXPECT_EQ(source.key_type("s"), "Search");
  EXPECT_EQ(source.key_type("a"), "Answer");
  EXPECT_EQ(source.program().variants.size(), 2u);
}

TEST(Values, ArmsOfMatchJoin) {
  CheckedSource source(R"(
flow main(n: int, o: str?) {
  let x = match n { 0 => 1, 1 | 2 => 2.5, _ => 3 }
  let y = match o { none => "", _ => o }
  print("${x}${y}")
})");
  ASSERT_EQ(source.codes(), "");
  EXPECT_EQ(source.key_type("x"), "float");
  EXPECT_EQ(source.key_type("y"), "str");
}

TEST(Values, FieldPathsAreNarrowed) {
  EXPECT_EQ(CheckedSource(R"(
schema Node { name: str?; next: Node? }
flow main(n: Node, o: Node?) {
  let a = if n.next != none and n.next.name != none { n.next.name.len() } else { 0 }
  let b = if n.name == none { 0 } else { n.name.len() }
  let c = if o?.name != none { o.name.len() } else { 0 }
  let d = match n.name { none => 0, _ => n.name.len() }
  print("${a}${b}${c}${d}")
})")
                .codes(),
            "");
  EXPECT_EQ(CheckedSource("schema N { a: str? }\nflow main(n: N, m: N) { print(if n.a != none "
                          "{ m.a.len() } else { 0 }) }")
                .codes(),
            "PF0304");
}

TEST(Values, FunctionsGoOverListsAndStreams) {
  CheckedSource source(R"(
flow main(list: [str]) {
  let pieces = list.flat_map(t => [t, t])
  let groups = list.group_by(t => t)
  let all = list.all(t => t == "") or list.any(t => t == "x")
  let n = list.count(t => t == "")
  read_lines("f") >> map(t => t.len()) >> filter(m => m > 1) >> fold(0, (a, b) => a + b) -> total
  read_lines("f") >> flat_map(t => [t]) >> count() -> size
  print("${pieces}${groups}${all}${n}${total}${size}")
})");
  ASSERT_EQ(source.codes(), "");
  EXPECT_EQ(source.key_type("pieces"), "[str]");
  EXPECT_EQ(source.key_type("groups"), "map<[str]>");
  EXPECT_EQ(source.key_type("all"), "bool");
  EXPECT_EQ(source.key_type("n"), "int");
}

TEST(Values, BuiltInRecordsAreWritten) {
  CheckedSource source(R"(
flow main(names: [str]) {
  let table = names.map(n => KeyValue { key: n, value: n.len() }).to_map()
  let pair = Pair { first: 1, second: "a" }
  print("${table}${pair.second}")
})");
  ASSERT_EQ(source.codes(), "");
  EXPECT_EQ(source.key_type("table"), "map<int>");
  EXPECT_EQ(source.key_type("pair"), "Pair<int, str>");
}

TEST(Values, HolesOfAddressesKnowTheirPart) {
  CheckedSource source(
      "flow main(base: str, q: str) { fetch(\"${base}/a/${q}?b=${q}#${q}\") -> body\n print(body) "
      "}");
  ASSERT_EQ(source.codes(), "");
  using sema::UrlHole;
  ASSERT_EQ(source.program().url_holes.size(), 1u);
  EXPECT_EQ(source.program().url_holes.begin()->second,
            (std::vector{UrlHole::Base, UrlHole::Path, UrlHole::Query, UrlHole::Fragment}));
}

TEST(Values, TheErrorRecordHoldsData) {
  CheckedSource source(
      "flow main() { ask_model(\"x\") -> y as ask\n ask - \"error\" >> print(error.data.status)\n "
      "print(y) }");
  EXPECT_EQ(source.codes(), "");
}

}  // namespace
}  // namespace pflow
