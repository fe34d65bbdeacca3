#include "tools/lsp/meaning.h"

#include "tools/lsp/workspace.h"

namespace pflow::lsp {

std::optional<Meaning> Meaning::at(Session& session, const Place& place) {
  const query::Snapshot& snapshot = place.snapshot();
  const query::Occurrence* found = place.analysis.occurrences().at(snapshot.file(), place.offset);
  if (found == nullptr) return std::nullopt;
  Meaning meaning(*found, std::string(snapshot.text(found->span)));
  std::optional<Span> declared = query::declared_at(snapshot, found->entity);
  if (declared && declared->valid()) {
    meaning.file_ = session.files.identity(std::string(snapshot.sources.name(declared->file)));
    meaning.offset_ = declared->begin;
  }
  return meaning;
}

bool Meaning::is(Session& session, const query::Snapshot& snapshot,
                 const query::Entity& entity) const {
  if (entity.kind != occurrence_.entity.kind || entity.word != occurrence_.entity.word)
    return false;
  std::optional<Span> declared = query::declared_at(snapshot, entity);
  if (!declared || !declared->valid()) return file_.empty();
  return declared->begin == offset_ &&
         session.files.identity(std::string(snapshot.sources.name(declared->file))) == file_;
}

void Meaning::for_each_program(Session& session, const Place& place,
                               const std::function<void(const Analysis&)>& visit) const {
  std::set<std::string> seen;
  auto look = [&](const std::string& path) {
    if (seen.insert(session.files.identity(path)).second) visit(session.analysis_of(path));
  };
  const query::Snapshot& snapshot = place.snapshot();
  std::vector<std::string> paths;
  for (const auto& file : snapshot.checked.files)
    if (std::string path(snapshot.sources.name(file->file)); !session.is_standard(path))
      paths.push_back(std::move(path));
  bool inside = occurrence_.entity.kind == query::EntityKind::Key ||
                occurrence_.entity.kind == query::EntityKind::Label ||
                occurrence_.entity.kind == query::EntityKind::Import ||
                occurrence_.entity.kind == query::EntityKind::EachPort;
  if (inside) return look(paths.front());
  for (const auto& [uri, document] : session.documents.all()) paths.push_back(document.path);
  for (std::string& path : programs_with(session, name_)) paths.push_back(std::move(path));
  for (const std::string& path : paths) look(path);
}

}  // namespace pflow::lsp
