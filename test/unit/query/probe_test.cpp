#include "frontend/query/probe.h"

#include "frontend/query/completion.h"
#include "frontend/query/signature_help.h"
#include "test/unit/query/asked_source.h"

namespace pflow::query {
namespace {

/// The program with a probe where `|` stands.
struct Probed {
  explicit Probed(std::string text, MemoryFiles beside = {})
      : offset(static_cast<uint32_t>(text.find('|'))) {
    text.erase(offset, 1);
    files = files_of(text, std::move(beside));
    probe = std::make_unique<Probe>("main.pf", files, sema::NodePath{"nodes"}, offset);
  }
  [[nodiscard]] SpotKind kind() const { return probe->spot().kind; }
  /// The labels of the items of a rank, `a b`.
  [[nodiscard]] std::string items(int rank) {
    StandardNodes standard(files, "nodes");
    std::string text;
    for (const CompletionItem& item : complete(*probe, standard, {}, files))
      if (item.rank == rank) text += (text.empty() ? "" : " ") + item.label;
    return text;
  }

  uint32_t offset;
  MemoryFiles files;
  std::unique_ptr<Probe> probe;
};

MemoryFiles with_package() {
  MemoryFiles files;
  files.files["packages/shouts/package.toml"] =
      "name = \"shouts\"\nversion = \"1.0.0\"\npflow = 1\n";
  files.files["packages/shouts/shouts.pf"] = "node shout(text: str) -> str = text.upper()\n";
  return files;
}

TEST(Probe, OffersPackagesAndWhatTheyBring) {
  Probed import("import sh|\n\nflow main() { print(\"a\") }\n", with_package());
  EXPECT_EQ(import.kind(), SpotKind::Package);
  EXPECT_EQ(import.items(0), "shouts");
  Probed member("import shouts\n\nflow main() { print(shouts.|) }\n", with_package());
  EXPECT_EQ(member.kind(), SpotKind::Module);
  EXPECT_EQ(member.items(0), "shout");
}

TEST(Probe, KnowsWhatTheCursorStandsIn) {
  EXPECT_EQ(Probed("flow main() {\n  |\n}\n").kind(), SpotKind::Value);
  EXPECT_EQ(Probed("flow main() { print(a.|) }\n").kind(), SpotKind::Member);
  EXPECT_EQ(Probed("flow main() {\n  print(a.|\n  print(1)\n}\n").kind(), SpotKind::Member);
  EXPECT_EQ(Probed("flow main(a: |) {}\n").kind(), SpotKind::Type);
  EXPECT_EQ(Probed("schema S { a: [|] }\n").kind(), SpotKind::Type);
  EXPECT_EQ(Probed("flow main() { llm(\"a\") with (|) }\n").kind(), SpotKind::Policy);
  EXPECT_EQ(Probed("schema S { a: str }\nflow main() { let s = S { | } }\n").kind(),
            SpotKind::Field);
  EXPECT_EQ(Probed("flow main() { print(\"a|b\") }\n").kind(), SpotKind::Literal);
  EXPECT_EQ(Probed("flow main() { print(\"a ${|} b\") }\n").kind(), SpotKind::Value);
  EXPECT_EQ(Probed("import \"|\"\n").kind(), SpotKind::Import);
  EXPECT_EQ(Probed("flow main() {\n  choose(\"a\") as g\n  g - \"|\"\n}\n").kind(),
            SpotKind::Action);
  EXPECT_EQ(Probed("flow main() { llm(\"a\") -> { | } }\n").kind(), SpotKind::Output);
  EXPECT_EQ(Probed("flow main() { print(1) }\n|").kind(), SpotKind::Value);
  EXPECT_EQ(Probed("# a comment |\n").kind(), SpotKind::Top);
}

TEST(Probe, KeysOfTheWantedTypeStandFirst) {
  Probed probed("flow main(name: str, count: int) {\n  let n = range(|)\n}\n");
  EXPECT_NE(probed.items(0).find("count"), std::string::npos);
  EXPECT_EQ(probed.items(0).find("name"), std::string::npos);
  EXPECT_NE(probed.items(1).find("name"), std::string::npos);
}

TEST(Probe, WhatIsWrittenElsewhereMayBeBroken) {
  Probed probed(
      "flow one( {\n}\nschema S { left: int }\nflow main(s: S) {\n  let = 3\n  print(s.|)\n}\n");
  EXPECT_EQ(probed.items(0), "left");
}

TEST(Probe, AnyPlaceOfAnyProgramHasAnAnswer) {
  std::string text =
      "schema S { a: \"x\" | \"y\" }\nflow main(s: S) {\n  llm(\"${s.a}\") with (retries: 1) -> b "
      "as l\n"
      "  match s.a { \"x\" => print(1), _ => end }\n  l - \"error\" >> print(error.message)\n}\n";
  for (size_t end = 0; end <= text.size(); ++end)
    for (const std::string& cut : {text, text.substr(0, end)}) {
      MemoryFiles files = files_of(cut);
      Probe probe("main.pf", files, {"nodes"}, static_cast<uint32_t>(end));
      StandardNodes standard(files, "nodes");
      for (const CompletionItem& item : complete(probe, standard, {}, files))
        ASSERT_EQ(item.label.find(kProbeName), std::string::npos) << item.label;
      (void)call_help(probe);
    }
}

TEST(CallHelp, PartsOfTheSignatureAreItsParameters) {
  Probed probed(
      "node f(a: [Pair<int, str>], b: str = \"x, y\") -> int = 1\nflow main() { print(f([], |)) "
      "}\n");
  std::optional<CallHelp> help = call_help(*probed.probe);
  ASSERT_TRUE(help);
  ASSERT_EQ(help->parameters.size(), 2U);
  auto text = [&](size_t i) {
    return help->signature.substr(help->parameters[i].begin,
                                  help->parameters[i].end - help->parameters[i].begin);
  };
  EXPECT_EQ(text(0), "a: [Pair<int, str>]");
  EXPECT_EQ(text(1), "b: str = \"x, y\"");
  EXPECT_EQ(help->active, 1U);
}

}  // namespace
}  // namespace pflow::query
