#include "checked_source.h"

namespace pflow {
namespace {

using sema::KeyKind;

TEST(Flows, KeysAreInferredFromTheirFirstSetter) {
  CheckedSource source(
      "flow main(topic: str) {\n"
      "  let size = 1\n"
      "  let ratio: float = size\n"
      "  llm(topic) -> { response: text, usage: used }\n"
      "  print(\"${ratio}${text}${used.tokens}\")\n"
      "}");
  ASSERT_EQ(source.codes(), "");
  EXPECT_EQ(source.key_type("size"), "int");
  EXPECT_EQ(source.key_type("ratio"), "float");
  EXPECT_EQ(source.key_type("text"), "str");
  EXPECT_EQ(source.key_type("used"), "Usage");
}

TEST(Flows, KeysThatMayBeUnsetAreMarked) {
  CheckedSource source(
      "flow main() {\n"
      "  llm(draft ?? \"start\") -> draft as writer\n"
      "  choose(if draft == \"\" { \"again\" } else { \"ok\" }) as gate\n"
      "  gate - \"again\" >> writer\n"
      "  gate - \"ok\" >> print(draft ?? \"\")\n"
      "}");
  EXPECT_EQ(source.codes(), "PF0308");
  EXPECT_TRUE(source.key("draft").tested_unset);
}

TEST(Flows, NaturalNamesAndLabelsReadOutputKeys) {
  CheckedSource source(
      "flow main() {\n"
      "  llm(\"x\") as ask\n"
      "  print(response)\n"
      "  print(\"${ask.usage.tokens}\")\n"
      "}");
  ASSERT_EQ(source.codes(), "");
  const sema::StageInfo& ask = source.stage("llm(\"x\") as ask");
  ASSERT_EQ(ask.writes.size(), 2u);
  for (const sema::StageWrite& write : ask.writes)
    EXPECT_EQ(source.program().key(write.key).kind, KeyKind::Output);
  EXPECT_TRUE(ask.value_used);
}

TEST(Flows, StagesKnowTheirActions) {
  CheckedSource source(
      "flow main(kind: \"b\" | \"a\") {\n"
      "  route(\"x\") as way\n"
      "  choose(kind) as gate\n"
      "  way - \"left\" >> end\n"
      "  way - \"right\" >> end\n"
      "  gate - _ >> fail(\"no\")\n"
      "}");
  ASSERT_EQ(source.codes(), "");
  using Actions = std::vector<std::string>;
  EXPECT_EQ(source.stage("route(\"x\") as way").actions, (Actions{"default", "left", "right"}));
  EXPECT_EQ(source.stage("choose(kind) as gate").actions, (Actions{"a", "b"}));
  EXPECT_TRUE(source.stage("end").actions.empty());
}

TEST(Flows, TheErrorRecordIsAKeyOfItsTransition) {
  CheckedSource source(
      "flow main() {\n"
      "  llm(\"x\") as ask\n"
      "  ask - \"error\" >> print(error.message)\n"
      "}");
  ASSERT_EQ(source.codes(), "");
  const sema::StageInfo& ask = source.stage("llm(\"x\") as ask");
  ASSERT_TRUE(ask.error_key.valid());
  EXPECT_EQ(source.program().key(ask.error_key).type, source.types.error_record);
}

TEST(Flows, ResultsAreKeysOrTheValue) {
  CheckedSource source(
      "flow named(n: int) -> (twice: int) { let twice = n * 2 }\n"
      "flow valued(n: int) { named(n) }\n"
      "flow main() { valued(2) >> print() }");
  ASSERT_EQ(source.codes(), "");
  EXPECT_EQ(source.types.name(source.callable("named").outputs[0].type), "int");
  EXPECT_EQ(source.program().bodies[0].result_keys.size(), 1u);
  EXPECT_TRUE(source.program().bodies[1].result_keys.empty());
  EXPECT_EQ(source.program().bodies[1].results.size(), 1u);
  EXPECT_EQ(source.types.name(source.program().bodies[1].results[0]), "int");
  EXPECT_TRUE(source.program().bodies[2].results.empty());
}

TEST(Flows, TheEntryIsMainOrTheOnlyFlow) {
  CheckedSource one("flow only() { print(\"x\") }");
  EXPECT_EQ(one.names.text(one.program().callable(one.program().entry).name), "only");
  CheckedSource two("flow first() { print(\"x\") }\nflow main() { print(\"y\") }");
  EXPECT_EQ(two.names.text(two.program().callable(two.program().entry).name), "main");
}

TEST(Flows, ANarrowedReadHasTheTypeWithoutNone) {
  CheckedSource source("flow main(n: int?) { print(if n != none { n } else { 0 }) }");
  ASSERT_EQ(source.codes(), "");
  EXPECT_EQ(source.key_type("n"), "int?");
}

TEST(Flows, LongChainsOfCallsAreNotRecursedInto) {
  std::string text;
  constexpr int kCount = 20000;
  for (int i = 0; i < kCount; ++i)
    text += "node f" + std::to_string(i) + "(n: int) = f" + std::to_string(i + 1) + "(n)\n";
  text += "node f" + std::to_string(kCount) + "(n: int) = n\nflow main() { print(f0(1)) }\n";
  CheckedSource source(text);
  EXPECT_EQ(source.codes(), "");
  EXPECT_EQ(source.types.name(source.callable("f0").outputs[0].type), "int");
}

}  // namespace
}  // namespace pflow
