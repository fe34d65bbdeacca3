#include "tools/lsp/requests.h"

namespace pflow::lsp {

namespace {

enum Token : uint8_t {
  Namespace,
  Type,
  Struct,
  Function,
  Parameter,
  Variable,
  Property,
  Label,
  Decorator
};
constexpr std::string_view kTokens[] = {"namespace", "type",     "struct", "function", "parameter",
                                        "variable",  "property", "label",  "decorator"};
enum Modifier : uint8_t { Declaration = 1, Modification = 2, DefaultLibrary = 4 };
constexpr std::string_view kModifiers[] = {"declaration", "modification", "defaultLibrary"};

Token token_of(const query::Snapshot& snapshot, const query::Entity& entity) {
  switch (entity.kind) {
    case query::EntityKind::Decl:
      if (entity.decl->kind == ast::DeclKind::Schema) return Struct;
      return entity.decl->kind == ast::DeclKind::Alias ? Type : Function;
    case query::EntityKind::Builtin: return Function;
    case query::EntityKind::Key: {
      sema::KeyKind kind = snapshot.program().keys[entity.index].kind;
      return kind == sema::KeyKind::Lambda ? Parameter : Variable;
    }
    case query::EntityKind::Port: return Parameter;
    case query::EntityKind::Output: return Variable;
    case query::EntityKind::EachPort:
    case query::EntityKind::Field: return Property;
    case query::EntityKind::Label: return Label;
    case query::EntityKind::Import:
    case query::EntityKind::ImportedFile: return Namespace;
    case query::EntityKind::Type: return Type;
    case query::EntityKind::Policy: return Decorator;
  }
}

uint32_t modifiers_of(const query::Occurrence& occurrence) {
  const query::Entity& entity = occurrence.entity;
  bool standard = entity.kind == query::EntityKind::Builtin ||
                  entity.kind == query::EntityKind::Type ||
                  entity.kind == query::EntityKind::Policy ||
                  (entity.decl != nullptr && entity.decl->kind == ast::DeclKind::Extern &&
                   ast::as<ast::ExternDecl>(*entity.decl).foreign == nullptr);
  uint32_t modifiers = standard ? DefaultLibrary : 0;
  if (occurrence.role == query::Role::Declares) modifiers |= Declaration;
  if (occurrence.role == query::Role::Writes) modifiers |= Modification;
  return modifiers;
}

/// Five numbers a name: lines and characters from the one before, length, kind, modifiers.
json::value tokens(const Session& session, const Analysis& analysis, Span within) {
  const query::Snapshot& snapshot = analysis.snapshot;
  const Lines& lines = analysis.lines(snapshot.file());
  json::array data;
  Position last;
  for (const query::Occurrence& each : analysis.occurrences().in(snapshot.file())) {
    // A path stays the string that it is.
    if (each.entity.kind == query::EntityKind::ImportedFile) continue;
    if (each.span.end < within.begin || each.span.begin > within.end) continue;
    Position begin = lines.position(each.span.begin, session.encoding);
    Position end = lines.position(each.span.end, session.encoding);
    bool same = begin.line == last.line;
    if (begin.line != end.line || (same && !data.empty() && begin.character <= last.character &&
                                   data.size() >= 5 && begin == last))
      continue;
    data.push_back(begin.line - last.line);
    data.push_back(same ? begin.character - last.character : begin.character);
    data.push_back(end.character - begin.character);
    data.push_back(token_of(snapshot, each.entity));
    data.push_back(modifiers_of(each));
    last = begin;
  }
  return json::object{{"data", std::move(data)}};
}

json::array names(std::span<const std::string_view> from) {
  json::array all;
  for (std::string_view name : from) all.push_back(text(name));
  return all;
}

}  // namespace

json::value semantic_tokens(Session& session, const json::value& params) {
  const Analysis& analysis = session.analysis(params);
  return tokens(session, analysis, {analysis.snapshot.file(), 0, UINT32_MAX});
}

json::value semantic_tokens_range(Session& session, const json::value& params) {
  const Analysis& analysis = session.analysis(params);
  const json::value* range = member(params, "range");
  return tokens(session, analysis,
                session.span(analysis, range == nullptr ? json::value() : *range));
}

json::object semantic_tokens_legend() {
  return {{"tokenTypes", names(kTokens)}, {"tokenModifiers", names(kModifiers)}};
}

}  // namespace pflow::lsp
