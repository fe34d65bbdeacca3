/// Types and infos of stages with bodies, and of what stands in them.
#include "checked_source.h"

namespace pflow {
namespace {

using ir::Policy;
using sema::KeyKind;

TEST(Bodies, AnEachGivesAListOfItsItemsValues) {
  CheckedSource source(
      "flow main(names: [str]) -> all {\n"
      "  names >> each name { upper(name) } -> all\n"
      "}");
  ASSERT_EQ(source.codes(), "");
  EXPECT_EQ(source.key_type("all"), "[str]");
  EXPECT_EQ(source.key_type("name"), "str");
  EXPECT_EQ(source.key("name").kind, KeyKind::Item);
  const sema::StageInfo& each = source.stage("each name { upper(name) } -> all");
  EXPECT_TRUE(each.value_used);
  EXPECT_FALSE(each.over_stream);
  EXPECT_TRUE(source.stage("upper(name)").value_used);
}

TEST(Bodies, AnEachOverAStreamGivesAStream) {
  CheckedSource source(
      "flow main(in names: stream<str>) -> all {\n"
      "  names >> each name { upper(name) } -> all\n"
      "}");
  ASSERT_EQ(source.codes(), "");
  EXPECT_EQ(source.key_type("all"), "stream<str>");
}

TEST(Bodies, AFallbackOfNoneMakesItemsOptional) {
  CheckedSource source(
      "flow main(names: [str]) -> all {\n"
      "  names >> each name with (fallback: none) { llm(name) } -> all\n"
      "}");
  ASSERT_EQ(source.codes(), "");
  EXPECT_EQ(source.key_type("all"), "[str?]");
}

TEST(Bodies, AnEachHasPorts) {
  CheckedSource source(
      "flow main(names: [path]) {\n"
      "  names >> each name with (on_error: skip) { read_file(name) } as work\n"
      "  let gone = work.skipped\n"
      "  let why = work.errors\n"
      "  let what = work.results\n"
      "  print(\"${gone}${why}${what}\")\n"
      "}");
  ASSERT_EQ(source.codes(), "");
  EXPECT_EQ(source.key_type("gone"), "int");
  EXPECT_EQ(source.key_type("why"), "[ItemError]");
  EXPECT_EQ(source.key_type("what"), "[str]");
}

TEST(Bodies, KeysOfTwoEachesMayDiffer) {
  CheckedSource source(
      "flow main(names: [str]) {\n"
      "  names >> each a { let x = 1\nprint(\"${x}\") }\n"
      "  names >> each b { let x = \"s\"\nprint(x) }\n"
      "}");
  EXPECT_EQ(source.codes(), "");
}

TEST(Bodies, ItemsReturnTheirValue) {
  CheckedSource source(
      "flow main(names: [str]) -> all {\n"
      "  names >> each name {\n"
      "    if name == \"\" { return 0 }\n"
      "    return 1\n"
      "  } -> all\n"
      "}");
  ASSERT_EQ(source.codes(), "");
  EXPECT_EQ(source.key_type("all"), "[int]");
}

TEST(Bodies, ArmsOfStagesJoin) {
  CheckedSource source(
      "flow main(deep: bool) -> text {\n"
      "  if deep { llm(\"a\") } else { upper(\"b\") } -> text\n"
      "}");
  ASSERT_EQ(source.codes(), "");
  EXPECT_EQ(source.key_type("text"), "str");
  EXPECT_TRUE(source.stage("upper(\"b\")").value_used);
}

TEST(Bodies, ConditionsNarrowKeysInArms) {
  CheckedSource source(
      "flow main(text: str?) {\n"
      "  if text != none { print(text) } else { print(\"nothing\") }\n"
      "}");
  EXPECT_EQ(source.codes(), "");
}

TEST(Bodies, AnAssignmentEndsNarrowing) {
  CheckedSource source(
      "flow main(start: str?) {\n"
      "  let text: str? = start\n"
      "  if text != none { text = none\nprint(\"${text}\") }\n"
      "}");
  EXPECT_EQ(source.codes(), "PF0307");
}

TEST(Bodies, PatternsBindInTheirArms) {
  CheckedSource source(
      "schema Find { what: str }\n"
      "schema Say { text: str }\n"
      "type Step = Find | Say\n"
      "flow act(step: Step) {\n"
      "  match step { Find s => print(s.what), Say s => print(s.text) }\n"
      "}");
  EXPECT_EQ(source.codes(), "");
}

TEST(Bodies, RepeatBindsItsItem) {
  CheckedSource source(
      "flow main(names: [str]) {\n"
      "  repeat name in names { print(name) } until name == \"stop\"\n"
      "}");
  ASSERT_EQ(source.codes(), "");
  EXPECT_EQ(source.key_type("name"), "str");
}

TEST(Bodies, RepeatsAreBoundedUnlessAListBoundsThem) {
  CheckedSource source(
      "flow main(names: [str]) {\n"
      "  let n = 0\n"
      "  repeat { n = n + 1 } until n > 2\n"
      "  repeat with (max: 7) { n = n + 1 } until n > 9\n"
      "  repeat x in names { print(x) }\n"
      "}");
  ASSERT_EQ(source.codes(), "");
  EXPECT_EQ(source.stage("repeat { n = n + 1 } until n > 2").max_visits, 100);
  EXPECT_EQ(source.stage("repeat with (max: 7) { n = n + 1 } until n > 9").max_visits, 7);
  EXPECT_EQ(source.stage("repeat x in names { print(x) }").max_visits, -1);
}

TEST(Bodies, PoliciesAreKeptInOrder) {
  CheckedSource source(
      "flow main() {\n"
      "  llm(\"x\") with (retries: 2, wait: 1s, timeout: 5s, fallback: \"none: ${error.kind}\") -> "
      "t\n"
      "  print(t)\n"
      "}");
  ASSERT_EQ(source.codes(), "");
  for (const sema::StageInfo& info : source.program().stages) {
    if (info.policies.empty()) continue;
    ASSERT_EQ(info.policies.size(), 4u);
    EXPECT_EQ(info.policies[0].kind, Policy::Retries);
    EXPECT_EQ(info.policies[3].kind, Policy::Fallback);
    EXPECT_EQ(source.program().key(info.fallback_error).kind, KeyKind::Error);
  }
}

TEST(Bodies, OnErrorKnowsItsError) {
  CheckedSource source(
      "flow main() {\n"
      "  read_file(\"a\") >> print()\n"
      "  on error { print(error.message) }\n"
      "}");
  ASSERT_EQ(source.codes(), "");
  ASSERT_EQ(source.program().on_errors.size(), 1u);
  EXPECT_EQ(source.program().key(source.program().on_errors.begin()->second).kind, KeyKind::Error);
}

TEST(Bodies, StagesThatNeedEachOtherGetNoNote) {
  CheckedSource source("flow main() { llm(\"a\") -> x\nllm(x) -> y\nprint(y) }\n");
  EXPECT_EQ(source.codes(), "");
}

TEST(Bodies, StagesInARowGetANote) {
  CheckedSource source("flow main() { llm(\"a\") -> x\nllm(\"b\") -> y\nprint(\"${x}${y}\") }\n");
  EXPECT_EQ(source.codes(), "PF0803");
}

TEST(Bodies, SortsOfRaces) {
  CheckedSource read("flow main() { let k = \"a\"\npar { { k = \"b\" }; print(k) } }\n");
  EXPECT_EQ(read.codes(), "PF0426");
  CheckedSource bound("flow main() { par { read_file(\"a\") -> prompt; llm() -> y }\nprint(y) }\n");
  EXPECT_EQ(bound.codes(), "PF0426");
  CheckedSource output("flow main() { par { read_file(\"a\") as a; print(a.content) } }\n");
  EXPECT_EQ(output.codes(), "PF0426");
  CheckedSource inner(
      "flow main(n: [str]) { par { n >> each a { let k = a\nprint(k) }; n >> each b { let k = b\n"
      "print(k) } } }\n");
  EXPECT_EQ(inner.codes(), "");
}

TEST(Bodies, StreamsAreConsumedOnce) {
  CheckedSource once("flow main(in s: stream<str>) { s >> each x { print(x) } }\n");
  EXPECT_EQ(once.codes(), "");
  CheckedSource later(
      "flow main(in s: stream<str>, n: [str]) { n >> each y { print(y) }\ns >> each x { print(x) } "
      "}\n");
  EXPECT_EQ(later.codes(), "");
  CheckedSource never("flow main(in s: stream<str>) { print(\"x\") }\n");
  EXPECT_EQ(never.codes(), "PF0434");
  CheckedSource twice(
      "flow main(in s: stream<str>) { s >> each x { print(x) }\ns >> each y { print(y) } }\n");
  EXPECT_EQ(twice.codes(), "PF0435");
  CheckedSource loop(
      "flow main(in s: stream<str>) { let n = 0\n"
      "repeat { s >> each x { print(x) }\nn = n + 1 } until n == 2 }\n");
  EXPECT_EQ(loop.codes(), "PF0435");
  CheckedSource caught(
      "flow main(in s: stream<str>, n: [str]) { n >> each y { s >> each x { print(x) } } }\n");
  EXPECT_EQ(caught.codes(), "PF0436");
  CheckedSource some(
      "flow main(in s: stream<str>, b: bool) { if b { s >> each x { print(x) } } }\n");
  EXPECT_EQ(some.codes(), "PF0434");
}

TEST(Bodies, OwnRetriesAreAPolicy) {
  CheckedSource source(
      "extern node try_it(x: str) -> (out y: str) effects(net) async retries(2)\n"
      "flow main() { try_it(\"a\") -> b\ntry_it(b) with (retries: 0) -> c\nprint(c) }\n");
  size_t own = 0;
  for (const sema::StageInfo& info : source.program().stages)
    for (const sema::StagePolicy& policy : info.policies)
      if (policy.kind == Policy::Retries && policy.value == nullptr) ++own;
  EXPECT_EQ(own, 1u);
}

TEST(Bodies, UnknownNamesInFormsAreReportedOnce) {
  CheckedSource source(
      "flow main() {\n"
      "  if nothing { print(\"a\") } else { print(\"b\") }\n"
      "  repeat k in nothing { print(k) } until k\n"
      "  nothing >> each x with (retries: 1) { nope(x) } -> r\n"
      "  print(\"${r}\")\n"
      "}");
  EXPECT_EQ(source.codes(), "PF0201 PF0201 PF0201 PF0202");
}

TEST(Bodies, ManyBodiesAreCheckedInTime) {
  std::string text = "flow main(n: [str], b: bool) {\n";
  for (int i = 0; i < 20'000; ++i) {
    std::string k = "k" + std::to_string(i);
    text += "if b { let " + k + " = 1\n" + k + " = 2 } else { let " + k + " = 3 }\n";
    text += "n >> each x { let y = " + k + "\nprint(\"${x}${y}\") }\n";
  }
  CheckedSource source(text + "}\n");
  EXPECT_EQ(source.codes(), "");
}

}  // namespace
}  // namespace pflow
