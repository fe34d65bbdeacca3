#include "checked_source.h"

namespace pflow {
namespace {

using sema::ArgumentSource;
using sema::Builtin;

TEST(Calls, SeedBindsPipedValuesAndDefaults) {
  CheckedSource source(
      "read_file(\"input.txt\") >> llm(\"summarize\") >> write_file(\"output.txt\")\n");
  ASSERT_EQ(source.codes(), "");
  const auto& llm = source.call("llm(\"summarize\")").arguments;
  ASSERT_EQ(llm.size(), 3u);
  EXPECT_EQ(llm[0].source, ArgumentSource::Expr);
  EXPECT_EQ(llm[1].source, ArgumentSource::Piped);
  EXPECT_EQ(source.types.name(llm[1].from), "str");
  EXPECT_EQ(llm[2].source, ArgumentSource::Default);
  EXPECT_NE(llm[2].expr, nullptr);
  EXPECT_TRUE(source.stage("llm(\"summarize\")").value_used);
  EXPECT_FALSE(source.stage("write_file(\"output.txt\")").value_used);
  EXPECT_TRUE(source.program().bodies.back().results.empty());
}

TEST(Calls, KeysBindPortsOfTheirName) {
  CheckedSource source("flow main(prompt: str) { llm() -> content\n write_file(\"x\") }");
  ASSERT_EQ(source.codes(), "");
  const auto& write = source.call("write_file(\"x\")").arguments;
  EXPECT_EQ(write[1].source, ArgumentSource::Key);
  EXPECT_EQ(write[1].key, source.stage("llm() -> content").writes.at(0).key);
}

TEST(Calls, PositionalArgumentsGoPastThePipedPort) {
  CheckedSource source("flow main(items: [str]) { items >> join(\", \") }");
  ASSERT_EQ(source.codes(), "");
  const auto& join = source.call("join(\", \")").arguments;
  EXPECT_EQ(join[0].source, ArgumentSource::Piped);
  EXPECT_EQ(join[1].source, ArgumentSource::Expr);
}

TEST(Calls, OnePositionalArgumentForTheOnlyPortIsExplicit) {
  CheckedSource source(
      "flow main(kind: \"a\") { llm(\"x\") -> t >> choose(kind) as g\n g - \"a\" >> print(t) }");
  ASSERT_EQ(source.codes(), "");
  const auto& choose = source.call("choose(kind) as g");
  EXPECT_EQ(choose.builtin, Builtin::Choose);
  EXPECT_EQ(choose.arguments[0].source, ArgumentSource::Expr);
}

TEST(Calls, AMethodBindsItsReceiver) {
  CheckedSource source("flow main(items: [str]) { items.join(\"-\") }");
  ASSERT_EQ(source.codes(), "");
  const auto& join = source.call("items.join(\"-\")").arguments;
  EXPECT_EQ(source.sources.text(join[0].expr->span), "items");
  EXPECT_EQ(source.sources.text(join[1].expr->span), "\"-\"");
}

TEST(Calls, ConversionsAreRecordedAtTheArgument) {
  CheckedSource source("flow main() { llm(\"x\", temperature: 1) >> print() }");
  ASSERT_EQ(source.codes(), "");
  const auto& temperature = source.call("llm(\"x\", temperature: 1)").arguments[2];
  EXPECT_EQ(source.types.name(temperature.from), "int");
  EXPECT_EQ(source.types.name(source.program().expr_wanted[temperature.expr->id.index]), "float?");
}

TEST(Calls, AnyTextPortTakesWhatCanBeShown) {
  CheckedSource source("flow main() { [1, 2] >> print() }");
  ASSERT_EQ(source.codes(), "");
  EXPECT_TRUE(source.callable("print").ports[0].takes_any);
  EXPECT_EQ(source.types.name(source.call("print()").arguments[0].from), "[int]");
}

TEST(Calls, FunctionsAreLambdasOrNodes) {
  CheckedSource source("flow main(l: [str]) { l.map(upper).filter(x => x != \"\") }");
  ASSERT_EQ(source.codes(), "");
  int lambdas = 0;
  for (const auto& [id, function] : source.program().functions) {
    if (function.callee.valid())
      EXPECT_EQ(source.names.text(source.program().callable(function.callee).name), "upper");
    lambdas += static_cast<int>(function.params.size());
  }
  EXPECT_EQ(lambdas, 1);
  EXPECT_EQ(source.key_type("x"), "str");
}

TEST(Calls, CommandHolesAreInOrder) {
  CheckedSource source(
      "node f(v: str, c: cmd) -> str = v\n"
      "flow main(v: str) { print(f(v, \"ls ${v} -- ${v} x${v}\")) }");
  ASSERT_EQ(source.codes(), "");
  ASSERT_EQ(source.program().cmd_holes.size(), 1u);
  const auto& holes = source.program().cmd_holes.begin()->second;
  ASSERT_EQ(holes.size(), 3u);
  EXPECT_TRUE(holes[0].begins_word && !holes[0].after_dashes);
  EXPECT_TRUE(holes[1].begins_word && holes[1].after_dashes);
  EXPECT_FALSE(holes[2].begins_word);
}

}  // namespace
}  // namespace pflow
