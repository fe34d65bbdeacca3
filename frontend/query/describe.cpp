#include "frontend/query/describe.h"

#include <fmt/format.h>

#include "frontend/query/node_page.h"
#include "frontend/query/signature_text.h"
#include "frontend/query/words.h"
#include "ir/policies.h"

namespace pflow::query {

namespace {

std::string_view kind_text(sema::KeyKind kind) {
  switch (kind) {
    case sema::KeyKind::Param:
    case sema::KeyKind::Lambda: return "parameter";
    case sema::KeyKind::Item: return "item";
    case sema::KeyKind::Error: return "failure";
    case sema::KeyKind::Let:
    case sema::KeyKind::Bound:
    case sema::KeyKind::Output:
    case sema::KeyKind::Variant: return "key";
  }
}

std::string list_of_ports(const Snapshot& s, std::span<const ast::Port> ports) {
  std::string text;
  for (const ast::Port& port : ports)
    if (!port.doc.empty() && port.name.symbol.valid())
      text += fmt::format("- `{}`: {}\n", s.text(port.name.symbol), port.doc);
  return text;
}

Description of_decl(const Snapshot& s, const ast::Decl& decl) {
  Description made{declaration_text(decl, s.sources, s.names), std::string(decl.doc)};
  std::string rows = list_of_ports(s, ports_of(decl)) + list_of_ports(s, outputs_of(decl));
  if (decl.kind == ast::DeclKind::Schema)
    for (const ast::SchemaField& field : ast::as<ast::SchemaDecl>(decl).fields)
      if (!field.doc.empty())
        rows += fmt::format("- `{}`: {}\n", s.text(field.name.symbol), field.doc);
  auto add = [&](const std::string& part) {
    if (!part.empty()) made.text += (made.text.empty() ? "" : "\n\n") + part;
  };
  add(rows);
  if (decl.kind == ast::DeclKind::Extern)
    add(attributes_text(node_doc(decl, {}, s.sources, s.names)));
  return made;
}

/// Its type as the checks found it, else as it is written.
std::string typed(const Snapshot& s, std::string_view name, ir::TypeId type,
                  const ast::TypeExpr* written = nullptr) {
  bool known = type.valid() && !s.types.is(type, ir::TypeKind::Error);
  if (known) return fmt::format("{}: {}", name, s.types.name(type));
  if (written != nullptr) return fmt::format("{}: {}", name, s.text(written->span));
  return std::string(name);
}

Description of_port(const Snapshot& s, const Occurrence& occurrence, const ast::Port& port,
                    std::string_view what) {
  const Entity& entity = occurrence.entity;
  std::string_view name =
      port.name.symbol.valid() ? s.text(port.name.symbol) : std::string_view("value");
  std::string code = entity.kind == EntityKind::Port && port.default_value != nullptr
                         ? port_text(port, false, s.sources, s.names)
                         : typed(s, name, occurrence.type, port.type);
  std::string owner = entity.decl->kind == ast::DeclKind::Test
                          ? std::string()
                          : fmt::format(" of `{}`", s.text(entity.decl->name.symbol));
  std::string text = fmt::format("{}{}", what, owner);
  if (!port.doc.empty()) text += fmt::format("\n\n{}", port.doc);
  return {std::move(code), std::move(text)};
}

Description of_field(const Snapshot& s, const Occurrence& occurrence) {
  const auto& schema = ast::as<ast::SchemaDecl>(*occurrence.entity.decl);
  const ast::SchemaField& field = schema.fields[occurrence.entity.index];
  std::string text = fmt::format("field of `{}`", s.text(schema.name.symbol));
  if (!field.doc.empty()) text += fmt::format("\n\n{}", field.doc);
  return {typed(s, s.text(field.name.symbol), occurrence.type, field.type), std::move(text)};
}

}  // namespace

Description describe(const Snapshot& s, const Occurrence& occurrence) {
  const Entity& entity = occurrence.entity;
  switch (entity.kind) {
    case EntityKind::Decl: return of_decl(s, *entity.decl);
    case EntityKind::Builtin: return {builtin_signature(entity.word), builtin_text(entity.word)};
    case EntityKind::Key: {
      const sema::Key& key = s.program().keys[entity.index];
      return {typed(s, s.text(key.name), occurrence.type), std::string(kind_text(key.kind))};
    }
    case EntityKind::Port:
      return of_port(s, occurrence, ports_of(*entity.decl)[entity.index], "parameter");
    case EntityKind::Output:
      return of_port(s, occurrence, outputs_of(*entity.decl)[entity.index],
                     entity.decl->kind == ast::DeclKind::Flow ? "result" : "output");
    case EntityKind::EachPort: return {typed(s, entity.word, occurrence.type), "output of `each`"};
    case EntityKind::Field: return of_field(s, occurrence);
    case EntityKind::Label:
      return {fmt::format("as {}", s.text(occurrence.span)), "label of a stage"};
    case EntityKind::Import: return {fmt::format("import as {}", s.text(occurrence.span)), {}};
    case EntityKind::ImportedFile: {
      for (const auto& file : s.checked.files)
        if (file->file.index == entity.index)
          return {fmt::format("import \"{}\"", s.sources.name(file->file)), std::string(file->doc)};
      return {};
    }
    case EntityKind::Type: return {std::string(entity.word), "type of the language"};
    case EntityKind::Policy: {
      const ir::PolicyInfo* policy = ir::find_policy(entity.word);
      return {fmt::format("with ({}: …)", entity.word),
              fmt::format("{}\n\n{}", policy->expects, policy_text(entity.word))};
    }
  }
}

}  // namespace pflow::query
