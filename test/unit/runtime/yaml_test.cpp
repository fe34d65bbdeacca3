#include "pflow/yaml.hpp"

#include <gtest/gtest.h>

using pflow::YamlDocument;
using pflow::YamlEntry;
using pflow::YamlKind;
using pflow::YamlNode;

namespace {

/// A scalar as its kind's letter and its text; lists and maps around them.
std::string shown(const YamlNode& node) {
  constexpr const char* kLetters[] = {"n", "b", "i", "f", "t", "B"};
  std::string text;
  if (node.kind == YamlKind::List) {
    for (const YamlNode& item : node.items) text += (text.empty() ? "" : " ") + shown(item);
    return "[" + text + "]";
  }
  if (node.kind == YamlKind::Map) {
    for (const YamlEntry& entry : node.entries)
      text += (text.empty() ? "" : " ") + shown(entry.key) + "=" + shown(entry.value);
    return "{" + text + "}";
  }
  return kLetters[static_cast<int>(node.kind)] + (":" + std::string(node.text));
}

/// The tree, or `line:column: message`.
std::string read(std::string_view text) {
  YamlDocument document(text);
  if (document.ok()) return shown(document.root());
  const pflow::YamlProblem& problem = document.problem();
  return std::to_string(problem.line) + ":" + std::to_string(problem.column) + ": " +
         std::string(pflow::view(problem.message));
}

std::string kinds(std::initializer_list<std::string_view> scalars) {
  std::string letters;
  for (std::string_view scalar : scalars) letters += read(scalar)[0];
  return letters;
}

TEST(Yaml, ListsAndMapsInTheirOrder) {
  EXPECT_EQ(read("b: 1\na:\n- x\n- [y, {z: ~}]\nc: {}\nd: []\n"),
            "{t:b=i:1 t:a=[t:x [t:y {t:z=n:~}]] t:c={} t:d=[]}");
  EXPECT_EQ(read(""), "n:");
  EXPECT_EQ(read("# a comment\n"), "n:");
  EXPECT_EQ(read("--- one\n...\n"), "t:one");
  EXPECT_EQ(read("a:\nb:"), "{t:a=n: t:b=n:}");
}

TEST(Yaml, PlainScalarsHaveTheTypeThatTheyLookLike) {
  EXPECT_EQ(kinds({"~", "null", "Null", "NULL", "nULL"}), "nnnnt");
  EXPECT_EQ(kinds({"yes", "No", "ON", "off", "True", "FALSE", "y", "n", "tRUE"}), "bbbbbbttt");
  EXPECT_EQ(kinds({"0", "182", "-1", "+1_000", "0b101", "017", "0xFf", "1:30:00", "190:20:30"}),
            "iiiiiiiii");
  EXPECT_EQ(kinds({"08", "0b", "0x", "1:60", "1:x", "1a", "--", "+", "1 2"}), "ttttttttt");
  EXPECT_EQ(kinds({"1.", "1.5", "-0.5", ".5", "1.5e+10", ".inf", "-.INF", ".nan", "1:30.5"}),
            "fffffffff");
  EXPECT_EQ(kinds({"1e3", "1.5e10", ".", "-.nan", ".5.", "2001-01-01", "1.2.3", "."}), "tttttttt");
}

TEST(Yaml, QuotedScalarsAreText) {
  EXPECT_EQ(read("'182'"), "t:182");
  EXPECT_EQ(read("\"yes\""), "t:yes");
  EXPECT_EQ(read("''"), "t:");
  EXPECT_EQ(read("|\n  5\n"), "t:5\n");
  EXPECT_EQ(read("! 5"), "t:5");
}

TEST(Yaml, FoldedQuotedAndEscapedScalars) {
  EXPECT_EQ(read("a: 'one\n\n  two\n\n\n  it''s'\n"), "{t:a=t:one\ntwo\n\nit's}");
  EXPECT_EQ(read("a: plain over\n  two lines\n"), "{t:a=t:plain over two lines}");
  EXPECT_EQ(read(R"("\xE9 \u2014 \U0001F985 \" \n\t\
      \ b")"),
            "t:\xC3\xA9 \xE2\x80\x94 \xF0\x9F\xA6\x85 \" \n\t b");
  EXPECT_EQ(read("|-\n  a\n   b\n\n"), "t:a\n b");
  EXPECT_EQ(read(">\n  a\n  b\n\n  c\n"), "t:a b\nc\n");
  EXPECT_EQ(read("|+\n  a\n\n"), "t:a\n\n");
  EXPECT_EQ(read("\"a\\0b\""), std::string("t:a\0b", 5));
}

TEST(Yaml, IntegersOfEveryBase) {
  auto value = [](std::string_view text) {
    YamlDocument document(text);
    int64_t read = -77;
    return document.root().integer(&read) ? std::to_string(read) : std::string("none");
  };
  EXPECT_EQ(value("200"), "200");
  EXPECT_EQ(value("-1_0"), "-10");
  EXPECT_EQ(value("0x1F"), "31");
  EXPECT_EQ(value("017"), "15");
  EXPECT_EQ(value("-0b11"), "-3");
  EXPECT_EQ(value("1:30:00"), "5400");
  EXPECT_EQ(value("0"), "0");
  EXPECT_EQ(value("9223372036854775807"), "9223372036854775807");
  EXPECT_EQ(value("-9223372036854775808"), "-9223372036854775808");
  EXPECT_EQ(value("9223372036854775808"), "none");
  EXPECT_EQ(value("99999999999999999999"), "none");
  EXPECT_EQ(value("'200'"), "none");
}

TEST(Yaml, TagsOfYaml) {
  EXPECT_EQ(read("!!binary |\n  SGVs\n  bG8=\n"), "B:Hello");
  EXPECT_EQ(read("!!binary \"\""), "B:");
  EXPECT_EQ(read("[!!str 5, !!int '5', !!float 5, !!null '', !!bool 'no']"),
            "[t:5 i:5 f:5 n: b:no]");
  EXPECT_EQ(read("!!map {a: !!seq [b]}"), "{t:a=[t:b]}");
  EXPECT_EQ(read("!!binary '!'"), "1:1: `!!binary` holds a character that is no digit");
  EXPECT_EQ(read("!!int five"), "1:1: `five` is no `!!int`");
}

TEST(Yaml, TagsThatOlderCassettesHold) {
  EXPECT_EQ(read("[!!python/unicode 'a', !!python/str 5, !!python/tuple [1]]"), "[t:a t:5 [i:1]]");
  EXPECT_EQ(read("body: !!python/object/new:_io.BytesIO\n  state: !!python/tuple\n"
                 "  - !!binary |\n    YWJj\n  - 0\n  - null\n"),
            "{t:body=B:abc}");
  EXPECT_EQ(read("!!python/object/apply:builtins.iter\nargs:\n- - !!binary |\n    YWJj\n  - de\n"
                 "state: 0\n"),
            "B:abcde");
}

TEST(Yaml, TagsThatCouldRunCodeAreRefused) {
  EXPECT_EQ(read("a: !!python/object/apply:os.system ['true']"),
            "1:4: the tag `!!python/object/apply:os.system` is not known here");
  EXPECT_EQ(read("!!python/object/new:_io.BytesIO {state: 1}"),
            "1:1: the tag `!!python/object/new:_io.BytesIO` is not known here");
  EXPECT_EQ(read("!own 1"), "1:1: the tag `!own` is not known here");
  EXPECT_EQ(read("!!set {a, b}"), "1:1: the tag `!!set` is not known here");
}

TEST(Yaml, AliasesRepeatWhatTheirAnchorsHold) {
  EXPECT_EQ(read("a: &x [1, &y two]\nb: *x\nc: *y\n"),
            "{t:a=[i:1 t:two] t:b=[i:1 t:two] t:c=t:two}");
  EXPECT_EQ(read("[&x 1, *x, &x 2, *x]"), "[i:1 i:1 i:2 i:2]");
  EXPECT_EQ(read("- *x\n"), "1:3: `*x` has no anchor `&x` before it");
  EXPECT_EQ(read("&x [1, *x]"), "1:8: an alias within what it stands for");
  std::string many;
  for (int i = 0; i < 100; ++i) many += "&a" + std::to_string(i) + " x" + std::to_string(i) + ", ";
  std::string list = read("[" + many + "*a0, *a57, *a99]");
  EXPECT_EQ(list.substr(list.size() - 18), " t:x0 t:x57 t:x99]");
}

TEST(Yaml, AliasesThatGrowWithoutBoundAreRefused) {
  std::string laughs = "- &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha]\n";
  for (int i = 1; i < 12; ++i) {
    std::string last = "*a" + std::to_string(i - 1);
    laughs += "- &a" + std::to_string(i) + " [" + last;
    for (int k = 0; k < 8; ++k) laughs += ", " + last;
    laughs += "]\n";
  }
  EXPECT_NE(read(laughs).find(": aliases repeat more than 64 MiB"), std::string::npos);
}

TEST(Yaml, NestingIsBounded) {
  EXPECT_EQ(read(std::string(1000, '[') + std::string(1000, ']')).substr(0, 3), "[[[");
  EXPECT_EQ(read(std::string(100'000, '[')), "1:1001: it is nested deeper than 1,000");
  std::string deep;
  for (int i = 0; i < 1500; ++i) deep += std::string(static_cast<size_t>(i), ' ') + "a:\n";
  EXPECT_EQ(read(deep), "1001:1001: it is nested deeper than 1,000");
}

TEST(Yaml, KeysAreSingleValuesAndStandOnce) {
  EXPECT_EQ(read("a: 1\nb: 2\na: 3\n"), "3:1: the key `a` stands twice; first in line 1");
  EXPECT_EQ(read("{x: {1: a, '1': b, 1: c}}"), "1:20: the key `1` stands twice; first in line 1");
  EXPECT_EQ(read("{1: a, '1': b}"), "{i:1=t:a t:1=t:b}");
  EXPECT_EQ(read("[a]: 1"), "1:1: a key is a single value, no list and no map");
  EXPECT_EQ(read("- &x [a]\n- *x : 1\n"), "2:3: a key is a single value, no list and no map");
  EXPECT_EQ(read("a: &a {b: 1}\nc:\n  <<: *a\n"),
            "3:3: merge keys (`<<`) are not read; write the entries out");
  EXPECT_EQ(read("'<<': 1"), "{t:<<=i:1}");
}

TEST(Yaml, NodesKnowTheirPlace) {
  YamlDocument document("a:\n  - one\n  - {k: 'v'}\n");
  const YamlNode* list = document.root().find("a");
  ASSERT_TRUE(list && list->items.size() == 2);
  EXPECT_EQ(list->items[0].line, 2U);
  EXPECT_EQ(list->items[0].column, 5U);
  const YamlNode* value = list->items[1].find("k");
  ASSERT_TRUE(value);
  EXPECT_EQ(value->line, 3U);
  EXPECT_EQ(value->column, 9U);
  EXPECT_EQ(document.root().find("b"), nullptr);
}

TEST(Yaml, MistakesAreToldWhereTheyStand) {
  EXPECT_EQ(read("a: 'open\nb: 1\n"), "1:4: the quoted text is not closed");
  EXPECT_EQ(read("a: b: c"),
            "1:5: a `:` cannot stand here: a text that holds `: ` is quoted, a map begins on its "
            "own line");
  EXPECT_EQ(read("a: [1, 2\nb: 3\n"), "1:4: the list is not closed by `]`");
  EXPECT_EQ(read("a: 1\n b: 2\n"),
            "2:3: a `:` cannot stand here: a text that holds `: ` is quoted, "
            "a map begins on its own line");
  EXPECT_EQ(
      read("a:\n\t- b\n"),
      "2:1: no value begins like this: quote the text, and indent with blanks, not with tabs");
  EXPECT_EQ(read("a: \"\\q\""), "1:5: an unknown escape in a quoted text");
  EXPECT_EQ(read("a: 1\n--- \nb: 2\n"), "2:1: a second document; one is expected");
  EXPECT_EQ(read("a: \xC3\xA9\nb: \xFF"), "2:4: no UTF-8");
  EXPECT_EQ(read("a: \x01"), "1:4: a control character; escape it in quotes");
}

}  // namespace
