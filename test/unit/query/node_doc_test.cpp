#include "frontend/query/node_doc.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "frontend/query/node_page.h"
#include "frontend/query/signature_parts.h"
#include "frontend/query/words.h"
#include "frontend/sema/calls/builtins.h"
#include "ir/policies.h"
#include "test/unit/query/asked_source.h"

namespace pflow::query {
namespace {

class NodeDocs : public testing::Test {
 protected:
  static const std::vector<NodeDoc>& all() {
    static MemoryFiles files = files_of("");
    static const StandardNodes standard(files, "nodes");
    static const std::vector<NodeDoc> docs = all_node_docs(standard);
    return docs;
  }
};

TEST_F(NodeDocs, OfEveryBuiltinHaveASummaryAnExampleAndItsParameters) {
  for (const sema::BuiltinInfo& builtin : sema::all_builtins()) {
    const NodeDoc doc = builtin_doc(builtin.name);
    EXPECT_FALSE(doc.summary().empty()) << builtin.name;
    EXPECT_FALSE(doc.example.empty()) << builtin.name;
    ASSERT_EQ(doc.ports.size(), builtin.params.size()) << builtin.name;
    for (size_t i = 0; i < doc.ports.size(); ++i) {
      EXPECT_EQ(doc.ports[i].name, builtin.params[i].name) << builtin.name;
      EXPECT_EQ(!doc.ports[i].fallback.empty(), builtin.params[i].optional) << builtin.name;
      EXPECT_EQ(doc.ports[i].is_in, builtin.in_port == static_cast<int>(i)) << builtin.name;
    }
  }
}

TEST_F(NodeDocs, OfEveryNodeHaveASummaryAnExampleAndWhatItDoes) {
  size_t nodes = 0;
  for (const NodeDoc& doc : all()) {
    EXPECT_FALSE(doc.summary().empty()) << doc.name;
    if (doc.kind != DocKind::Node) continue;
    ++nodes;
    EXPECT_FALSE(doc.example.empty()) << doc.name;
    const bool leaves = doc.name == "choose" || doc.name == "fail";
    EXPECT_EQ(attributes_text(doc).empty(), leaves) << doc.name;
    const bool cannot_fail = doc.name == "now" || doc.home == "recordings";
    EXPECT_EQ(!doc.effects.empty() && doc.errors.empty(), cannot_fail) << doc.name;
  }
  EXPECT_GT(nodes, 120U);
}

TEST_F(NodeDocs, TakeTheExampleOutOfTheDoc) {
  const NodeDoc doc = builtin_doc("fail");
  EXPECT_EQ(doc.doc,
            "Fail, with kind `user` unless it says another. It is an expression of every type.");
  EXPECT_EQ(doc.summary(), "Fail, with kind `user` unless it says another.");
  EXPECT_EQ(doc.example, "flow main(name: str?) { print(name ?? fail(\"no name was given\")) }\n");
  EXPECT_EQ(doc.ports[1].doc, "With which the executable ends, 1 or 10 to 125");
  EXPECT_EQ(doc.ports[1].fallback, "1");
  EXPECT_FALSE(doc.pure);
}

TEST_F(NodeDocs, KeepWhatIsSaidOfTypes) {
  EXPECT_EQ(
      builtin_doc("sort_by").doc,
      "The items in the ascending order of what a function gives for each. Equal ones stay as "
      "they were.\n\n- `K`: `int`, `float`, `str` or `duration`");
}

TEST(Signatures, HaveALineForEachParameterWhenTheyAreLong) {
  const std::string text =
      std::string(40, 'n') + "(first: str = \",\", second: map<[int]>, third: bool = false) -> str";
  EXPECT_EQ(laid_out(text),
            std::string(40, 'n') +
                "(\n  first: str = \",\",\n  second: map<[int]>,\n  third: bool = false\n) -> str");
  EXPECT_EQ(laid_out("short(a: int, b: int)"), "short(a: int, b: int)");
}

TEST(Words, OfPoliciesSayWhatTheTableSays) {
  for (const ir::PolicyInfo& policy : ir::all_policies()) {
    if (ir::find_policy(policy.word) == nullptr) continue;
    const std::string page = policy_page(policy.word);
    EXPECT_NE(page.find("- value: " + std::string(policy.expects)), std::string::npos) << page;
    EXPECT_NE(page.find("- who takes it: "), std::string::npos) << page;
    EXPECT_FALSE(policy_text(policy.word).empty()) << policy.word;
  }
}

TEST(Words, OfTheLanguageAreHeadings) {
  const std::vector<std::string_view> words = language_words();
  for (std::string_view word : {"each", "par", "repeat", "match", "return", "stub", "import"}) {
    EXPECT_NE(std::ranges::find(words, word), words.end()) << word;
    EXPECT_FALSE(language_text(word).empty()) << word;
  }
  EXPECT_TRUE(language_text("Greet somebody.").empty());  // stands in a block of code
}

}  // namespace
}  // namespace pflow::query
