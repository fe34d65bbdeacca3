#include "frontend/query/rename.h"

#include <algorithm>

#include "frontend/query/probe.h"
#include "tools/lsp/meaning.h"
#include "tools/lsp/requests.h"

namespace pflow::lsp {

namespace {

bool is_name(std::string_view name) {
  auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  return !name.empty() && letter(name.front()) &&
         std::ranges::all_of(name, [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

/// What is meant at the place, which can have another name; an error of the request else.
Meaning renamed_at(Session& session, const Place& place) {
  std::optional<Meaning> meaning = Meaning::at(session, place);
  if (!meaning) throw RequestError(ErrorCode::RequestFailed, "no name stands here");
  std::string why = query::why_not_renamed(place.snapshot(), meaning->occurrence());
  std::optional<Span> declared = query::declared_at(place.snapshot(), meaning->occurrence().entity);
  if (why.empty() && declared && declared->valid() &&
      session.is_standard(std::string(place.snapshot().sources.name(declared->file))))
    why = "it is declared by a standard node";
  if (!why.empty()) throw RequestError(ErrorCode::RequestFailed, why);
  return *meaning;
}

std::string after(std::string_view text, const std::vector<Edit>& edits) {
  std::string made;
  size_t at = 0;
  for (const Edit& edit : edits) {
    made += text.substr(at, edit.span.begin - at);
    made += edit.text;
    at = edit.span.end;
  }
  made += text.substr(at);
  return made;
}

/// One file with its edits.
struct Changed {
  const Analysis* analysis;
  query::Renaming renaming;
};

/// All files at once have their new texts.
class RenamedFiles final : public FileSystem {
 public:
  explicit RenamedFiles(FileSystem& below) : below_(below) {}
  void add(const std::string& path, std::string text) { texts_[identity(path)] = std::move(text); }

  [[nodiscard]] Result<std::string> read(const std::string& path) override {
    auto found = texts_.find(identity(path));
    if (found != texts_.end()) return found->second;
    return below_.read(path);
  }
  [[nodiscard]] Result<Done> write(const std::string& path, std::string_view bytes) override {
    return below_.write(path, bytes);
  }
  [[nodiscard]] FileKind kind(const std::string& path) override { return below_.kind(path); }
  [[nodiscard]] std::string identity(const std::string& path) override {
    return below_.identity(path);
  }
  [[nodiscard]] std::vector<std::string> names_in(const std::string& folder) override {
    return below_.names_in(folder);
  }

 private:
  FileSystem& below_;
  std::map<std::string, std::string> texts_;
};

/// The new texts are checked: a name that is taken, reserved or captured is told, and nothing
/// is renamed.
void check(Session& session, const std::vector<Changed>& changes, const std::string& name) {
  RenamedFiles files(session.files);
  auto path_of = [](const Analysis& analysis) {
    return std::string(analysis.snapshot.sources.name(analysis.snapshot.file()));
  };
  for (const Changed& change : changes) {
    const query::Snapshot& snapshot = change.analysis->snapshot;
    files.add(path_of(*change.analysis),
              after(snapshot.sources.text(snapshot.file()), change.renaming.edits));
  }
  for (const Changed& change : changes) {
    const query::Snapshot& before = change.analysis->snapshot;
    query::Snapshot renamed(path_of(*change.analysis), files, session.nodes);
    if (renamed.diagnostics.error_count() > before.diagnostics.error_count())
      throw RequestError(ErrorCode::RequestFailed, "`" + name + "` would be an error: " +
                                                       renamed.diagnostics.all().front().message);
    if (change.renaming.binds || before.diagnostics.has_errors()) continue;
    query::Occurrences names(renamed);
    if (!query::mean_the_same(before, change.analysis->occurrences(), renamed, names))
      throw RequestError(ErrorCode::RequestFailed,
                         "`" + name + "` would mean something else in places");
  }
}

json::array edits_json(const Session& session, const Analysis& analysis,
                       const std::vector<Edit>& edits) {
  json::array all;
  for (const Edit& edit : edits)
    all.push_back(
        json::object{{"range", session.range(analysis, edit.span)}, {"newText", text(edit.text)}});
  return all;
}

}  // namespace

json::value prepare_rename(Session& session, const json::value& params) {
  Place place = session.place(params);
  Meaning meaning = renamed_at(session, place);
  Span span = meaning.occurrence().span;
  return json::object{{"range", session.range(place.analysis, span)},
                      {"placeholder", text(place.snapshot().text(span))}};
}

json::value rename(Session& session, const json::value& params) {
  Place place = session.place(params);
  Meaning meaning = renamed_at(session, place);
  const std::string name = string_at(params, "newName");
  if (!is_name(name))
    throw RequestError(ErrorCode::InvalidParams,
                       "`" + name + "` is no name: letters, digits and `_`");
  std::vector<Changed> changes;
  meaning.for_each_program(session, place, [&](const Analysis& analysis) {
    query::Renaming renaming = query::rename(
        analysis.snapshot, analysis.occurrences(),
        [&](const query::Entity& entity) { return meaning.is(session, analysis.snapshot, entity); },
        name);
    if (!renaming.edits.empty()) changes.push_back({&analysis, std::move(renaming)});
  });
  check(session, changes, name);
  json::object by_file;
  for (const Changed& change : changes)
    by_file[session.uri(change.analysis->snapshot, change.analysis->snapshot.file())] =
        edits_json(session, *change.analysis, change.renaming.edits);
  return json::object{{"changes", std::move(by_file)}};
}

}  // namespace pflow::lsp
