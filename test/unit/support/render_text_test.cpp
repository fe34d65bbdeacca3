#include <gtest/gtest.h>

#include "support/render.h"

namespace pflow {
namespace {

constexpr DiagnosticKind<0> kError{{"an_error", 9990, Severity::Error, "something is wrong"}};

class RenderText : public testing::Test {
 protected:
  FileId add(std::string name, std::string text) {
    return sources_.add(std::move(name), std::move(text));
  }
  /// Where `text` stands in the file.
  [[nodiscard]] Span at(FileId file, std::string_view text) const {
    auto begin = static_cast<uint32_t>(sources_.text(file).find(text));
    return {file, begin, begin + static_cast<uint32_t>(text.size())};
  }
  [[nodiscard]] std::string rendered() const {
    return render_text(sink_.all().at(0), sources_, false);
  }

  SourceMap sources_;
  Diagnostics sink_;
};

TEST_F(RenderText, OnePlace) {
  FileId file = add("a.pf", "let x = 1\nread(path)\n");
  sink_.report(kError, at(file, "path")).label("not a path");
  EXPECT_EQ(rendered(), R"(error[PF9990]: something is wrong
 --> a.pf:2:6
  |
2 | read(path)
  |      ^^^^ not a path
)");
}

TEST_F(RenderText, WithoutPlace) {
  sink_.report(kError, {}).note("so it is").help("do this");
  EXPECT_EQ(rendered(), R"(error[PF9990]: something is wrong
  = note: so it is
  = help: do this
)");
}

TEST_F(RenderText, LabelsOfOneLineHangBelow) {
  FileId file = add("a.pf", "f(one, two, three)\n");
  sink_.report(kError, at(file, "two"))
      .label("this")
      .secondary(at(file, "one"), "first")
      .secondary(at(file, "three"), "third");
  EXPECT_EQ(rendered(), R"(error[PF9990]: something is wrong
 --> a.pf:1:8
  |
1 | f(one, two, three)
  |   ---  ^^^  ----- third
  |   |    |
  |   |    this
  |   first
)");
}

TEST_F(RenderText, ElidesLinesBetweenPlaces) {
  FileId file = add("a.pf", "one\n2\nthree\n4\n5\n6\n7\n8\n9\nten\n");
  sink_.report(kError, at(file, "ten"))
      .secondary(at(file, "one"), "a")
      .secondary(at(file, "three"), "b");
  EXPECT_EQ(rendered(), R"(error[PF9990]: something is wrong
  --> a.pf:10:1
   |
 1 | one
   | --- a
 2 | 2
 3 | three
   | ----- b
...
10 | ten
   | ^^^
)");
}

TEST_F(RenderText, SpansOverLines) {
  FileId file = add("a.pf", "if x {\n  y\n}\n");
  sink_.report(kError, at(file, "if x {\n  y\n}")).label("all of it");
  EXPECT_EQ(rendered(), R"(error[PF9990]: something is wrong
 --> a.pf:1:1
  |
1 | / if x {
2 | |   y
3 | | }
  | |_^ all of it
)");
}

TEST_F(RenderText, SpansOverLinesThatStartInside) {
  FileId file = add("a.pf", "f(x => {\n1\n2\n3\n4\n5\n6\n})\n");
  sink_.report(kError, at(file, "{\n1\n2\n3\n4\n5\n6\n}")).label("body");
  EXPECT_EQ(rendered(), R"(error[PF9990]: something is wrong
 --> a.pf:1:8
  |
1 |   f(x => {
  |  ________^
... |
8 | | })
  | |_^ body
)");
}

TEST_F(RenderText, PlacesInOtherFiles) {
  FileId file = add("a.pf", "f(1)\n");
  FileId other = add("b.pf", "\nnode f(x: str)\n");
  sink_.report(kError, at(file, "1")).label("an int").secondary(at(other, "str"), "wants a str");
  EXPECT_EQ(rendered(), R"(error[PF9990]: something is wrong
 --> a.pf:1:3
  |
1 | f(1)
  |   ^ an int
  |
 ::: b.pf:2:11
  |
2 | node f(x: str)
  |           --- wants a str
)");
}

TEST_F(RenderText, EmptyPlaceAtTheEndOfTheFile) {
  FileId file = add("a.pf", "flow f() {");
  sink_.report(kError, {file, 10, 10}).label("`}` is missing");
  EXPECT_EQ(rendered(), R"(error[PF9990]: something is wrong
 --> a.pf:1:11
  |
1 | flow f() {
  |           ^ `}` is missing
)");
}

TEST_F(RenderText, TabsWideCharactersAndCarriageReturns) {
  FileId file = add("a.pf", "\tprint(\"日本\", x)\r\n");
  sink_.report(kError, at(file, "x")).label("here");
  EXPECT_EQ(rendered(), R"(error[PF9990]: something is wrong
 --> a.pf:1:14
  |
1 |     print("日本", x)
  |                   ^ here
)");
}

TEST_F(RenderText, ReplacementsInsertionsAndNewLines) {
  FileId file = add("a.pf", "read(pth)\nf()\n");
  sink_.report(kError, at(file, "pth"))
      .help("a similar name exists", {at(file, "pth"), "path"})
      .help("say it twice", {{file, 5, 5}, "x, "})
      .help("make it first", {{file, 0, 0}, "let path = 1\n"})
      .help("leave it out", {at(file, "pth"), ""});
  EXPECT_EQ(rendered(), R"(error[PF9990]: something is wrong
 --> a.pf:1:6
  |
1 | read(pth)
  |      ^^^
  |
  = help: a similar name exists
  |
1 ~ read(path)
  |      ~~~~
  = help: say it twice
  |
1 ~ read(x, pth)
  |      +++
  = help: make it first
  |
1 + let path = 1
  = help: leave it out
  |
1 ~ read()
)");
}

TEST_F(RenderText, NotesOfSeveralLines) {
  sink_.report(kError, {}).note("one\ntwo \x1b[31m");
  EXPECT_EQ(rendered(),
            "error[PF9990]: something is wrong\n"
            "  = note: one\n"
            "          two <1B>[31m\n");
}

TEST_F(RenderText, ColourAddsNothingButColour) {
  FileId file = add("a.pf", "read(path)\n");
  sink_.report(kError, at(file, "path")).label("not a path").help("see");
  std::string colored = render_text(sink_.all()[0], sources_, true);
  EXPECT_NE(colored.find("\x1b[1;31merror[PF9990]\x1b[0m"), std::string::npos);
  std::string plain;
  for (size_t i = 0; i < colored.size(); ++i) {
    if (colored[i] == '\x1b')
      i = colored.find('m', i);
    else
      plain += colored[i];
  }
  EXPECT_EQ(plain, rendered());
}

}  // namespace
}  // namespace pflow
