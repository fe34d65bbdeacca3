#include <filesystem>
#include <fstream>

#include "test/unit/query/asked_source.h"

namespace pflow::query {
namespace {

constexpr std::string_view kProgram = R"(schema Draft { text: str; score: int = 5 }
node grade(text: str) -> int = text.len()
flow write(topic: str) -> draft {
  llm("About ${topic}") with (max: 5) -> text as writer
  let draft = Draft { text: text, score: grade(text) }
  choose(if draft.score > 5 { "good" } else { "bad" }) as gate
  gate - "good" >> end
  gate - "bad" >> { draft = Draft { text: topic, score: 1 } } >> writer
  writer - "limit" >> end
}
flow main() {
  write("tea") -> { draft: best }
  print(best.score)
}
)";

/// How often the entity at the place occurs, and in which roles, `DWR`.
std::string roles(const AskedSource& source, std::string_view needle, int n = 1) {
  std::string text;
  for (const Occurrence& each : source.occurrences.of(source.at(needle, n).entity))
    text += each.role == Role::Declares ? 'D' : each.role == Role::Writes ? 'W' : 'R';
  return text;
}

TEST(Occurrences, AreThoseOfTheEntityAndNotOfItsName) {
  AskedSource source(kProgram);
  EXPECT_TRUE(source.snapshot.diagnostics.all().empty());
  EXPECT_EQ(roles(source, "grade"), "DR");
  EXPECT_EQ(roles(source, "text: str;"), "DWW");      // the field of Draft
  EXPECT_EQ(roles(source, "text: str)"), "DR");       // the parameter of grade
  EXPECT_EQ(roles(source, "text as writer"), "DRR");  // the key of write
  EXPECT_EQ(roles(source, "score: int"), "DWRWR");
  EXPECT_EQ(roles(source, "topic"), "DRR");
  EXPECT_EQ(roles(source, "writer\n"), "DRR");
  EXPECT_EQ(roles(source, "gate\n"), "DRR");
  EXPECT_EQ(roles(source, "best }"), "DR");
}

TEST(Occurrences, AResultIsOneThingInsideAndOutsideOfItsFlow) {
  AskedSource source(kProgram);
  EXPECT_EQ(source.at("draft: best").entity, source.at("draft {").entity);
  EXPECT_EQ(source.at("draft = Draft").entity, source.at("draft {").entity);
  EXPECT_EQ(source.at("draft = Draft", 2).role, Role::Writes);
}

TEST(Occurrences, AreFoundAtBothEndsOfAName) {
  AskedSource source("flow main() { print(1) }\n");
  uint32_t at = source.offset("print");
  FileId file = source.snapshot.file();
  EXPECT_EQ(source.occurrences.at(file, at), source.occurrences.at(file, at + 5));
  EXPECT_EQ(source.occurrences.at(file, at + 6), nullptr);
}

TEST(Occurrences, AnAliasIsANameOfItsOwn) {
  AskedSource source(R"(flow send(text: str) { print(text) }
alias post = send
flow main() {
  post("a")
  send(text: "b")
  post(text: "c")
}
)");
  EXPECT_TRUE(source.snapshot.diagnostics.all().empty());
  EXPECT_EQ(roles(source, "post"), "DRR");
  EXPECT_EQ(roles(source, "send"), "DRR");
  EXPECT_EQ(roles(source, "text: str"), "DRWW");
}

TEST(Occurrences, OfImportsLeadIntoTheirFiles) {
  MemoryFiles beside;
  beside.files["lib/notes.pf"] =
      "schema Note { text: str }\nnode note(t: str) -> Note = Note { text: t }\n";
  AskedSource source(R"(import "lib/notes.pf" as notes
flow main() {
  print(notes.note("a").text)
  let n = notes.Note { text: "b" }
  print(n.text)
}
)",
                     beside);
  EXPECT_TRUE(source.snapshot.diagnostics.all().empty());
  EXPECT_EQ(source.at("notes.Note {").entity.kind, EntityKind::Import);
  EXPECT_EQ(source.at("notes.Note {").entity, source.at("notes\n").entity);
  EXPECT_EQ(source.at("Note {").entity.decl->kind, ast::DeclKind::Schema);
  EXPECT_EQ(source.at("note(").entity.decl->kind, ast::DeclKind::Node);
  EXPECT_EQ(source.at("\"lib/notes.pf\"").entity.kind, EntityKind::ImportedFile);
  EXPECT_EQ(source.at("text)").entity, source.at("text)", 2).entity);
}

TEST(Occurrences, StandWhereTheSyntaxIsBrokenElsewhere) {
  std::string text(kProgram);
  text.insert(text.find("  print(best"), "  let = \n  print(\n");
  AskedSource source(text);
  EXPECT_FALSE(source.snapshot.diagnostics.all().empty());
  EXPECT_EQ(roles(source, "grade"), "DR");
  EXPECT_EQ(roles(source, "topic"), "DRR");
}

/// Every word of every example that is a name is one that is known, and spans exactly that.
TEST(Occurrences, OfTheExamplesSpanNames) {
  size_t seen = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(PFLOW_EXAMPLES)) {
    if (entry.path().extension() != ".pf") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    AskedSource source(std::string(std::istreambuf_iterator<char>(in), {}));
    for (const Occurrence& each : source.occurrences.in(source.snapshot.file())) {
      std::string_view name = source.snapshot.text(each.span);
      ++seen;
      if (each.entity.kind == EntityKind::ImportedFile) continue;
      EXPECT_EQ(
          name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789"),
          std::string_view::npos)
          << entry.path() << ": " << name;
      std::optional<Span> declared = declared_at(source.snapshot, each.entity);
      bool named = declared && each.entity.kind != EntityKind::EachPort &&
                   source.snapshot.text(*declared).size() == name.size();
      if (named) EXPECT_EQ(source.snapshot.text(*declared), name) << entry.path();
    }
  }
  EXPECT_GT(seen, 500U);
}

}  // namespace
}  // namespace pflow::query
