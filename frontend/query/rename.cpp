#include "frontend/query/rename.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "frontend/query/filled_ports.h"

namespace pflow::query {

std::string why_not_renamed(const Snapshot& s, const Occurrence& occurrence) {
  const Entity& entity = occurrence.entity;
  std::string name(s.text(occurrence.span));
  switch (entity.kind) {
    case EntityKind::Builtin:
    case EntityKind::Type:
    case EntityKind::Policy:
    case EntityKind::EachPort: return fmt::format("`{}` is a word of the language", name);
    case EntityKind::ImportedFile: return "an import names a file: rename the file";
    case EntityKind::Key:
      if (s.program().keys[entity.index].kind == sema::KeyKind::Error)
        return "`error` is a word of the language";
      return {};
    case EntityKind::Decl:
      if (name == "main") return "`main` is the flow that a program starts with";
      break;
    case EntityKind::Port:
    case EntityKind::Output:
    case EntityKind::Field:
    case EntityKind::Label: break;
    case EntityKind::Import:
      for (const ast::Import& import : s.tree().imports)
        if (import.alias.span == entity.place && import.target == entity.place)
          return fmt::format("`{}` is a package: `import {} as NAME` gives it another name", name,
                             name);
      break;
  }
  if (entity.decl == nullptr || entity.decl->kind != ast::DeclKind::Extern) return {};
  return ast::as<ast::ExternDecl>(*entity.decl).foreign == nullptr
             ? fmt::format("`{}` is declared by a standard node", name)
             : fmt::format("another program knows `{}` by this name", name);
}

Renaming rename(const Snapshot& s, const Occurrences& occurrences,
                const std::function<bool(const Entity&)>& is_meant, const std::string& name) {
  Renaming made;
  for (const Occurrence& each : occurrences.in(s.file()))
    if (is_meant(each.entity)) made.edits.push_back({each.span, name});
  for (const FilledPort& filled : filled_ports(s, occurrences)) {
    bool key = is_meant(filled.key);
    bool port = is_meant(filled.port);
    if (key == port) continue;
    std::string argument =
        fmt::format("{}: {}", port ? name : filled.name, key ? name : filled.name);
    made.edits.push_back({filled.end, (filled.is_first ? "" : ", ") + argument});
    made.binds = true;
  }
  std::ranges::stable_sort(made.edits, {}, [](const Edit& edit) { return edit.span.begin; });
  return made;
}

namespace {

/// For each name of the file, which name declares it, both counted from the first one.
std::vector<size_t> meanings(const Snapshot& s, const Occurrences& occurrences) {
  std::span<const Occurrence> all = occurrences.in(s.file());
  std::map<uint32_t, size_t> places;
  for (size_t i = 0; i < all.size(); ++i) places.emplace(all[i].span.begin, i);
  std::vector<size_t> found;
  for (const Occurrence& each : all) {
    std::optional<Span> declared = declared_at(s, each.entity);
    bool here = declared && declared->file == s.file();
    auto place = here ? places.find(declared->begin) : places.end();
    found.push_back(place == places.end() ? all.size() : place->second);
  }
  return found;
}

}  // namespace

bool mean_the_same(const Snapshot& a, const Occurrences& of_a, const Snapshot& b,
                   const Occurrences& of_b) {
  return meanings(a, of_a) == meanings(b, of_b);
}

}  // namespace pflow::query
