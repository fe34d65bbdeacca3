#include "frontend/query/signature_text.h"

#include <fmt/format.h>

#include "frontend/query/entity.h"

namespace pflow::query {

namespace {

std::string ports_text(std::span<const ast::Port> ports, bool output, const SourceMap& sources,
                       const Interner& names) {
  std::string text;
  for (const ast::Port& port : ports)
    text += (text.empty() ? "" : ", ") + port_text(port, output, sources, names);
  return text;
}

std::string type_params_text(const ast::Decl& decl, const Interner& names) {
  if (decl.kind != ast::DeclKind::Extern) return {};
  std::string text;
  for (const ast::Name& param : ast::as<ast::ExternDecl>(decl).type_params)
    text += fmt::format("{}{}", text.empty() ? "<" : ", ", names.text(param.symbol));
  return text.empty() ? text : text + '>';
}

std::string outputs_text(const ast::Decl& decl, const SourceMap& sources, const Interner& names) {
  std::span<const ast::Port> outputs = outputs_of(decl);
  if (outputs.empty()) return {};
  std::string text = ports_text(outputs, true, sources, names);
  bool bare = !outputs[0].name.symbol.valid();
  bare |= decl.kind == ast::DeclKind::Flow && outputs.size() == 1;
  return bare ? " -> " + text : fmt::format(" -> ({})", text);
}

std::string schema_text(const ast::SchemaDecl& schema, const SourceMap& sources,
                        const Interner& names) {
  std::string text = fmt::format("schema {} {{", names.text(schema.name.symbol));
  for (const ast::SchemaField& field : schema.fields) {
    text +=
        fmt::format("\n  {}: {}", names.text(field.name.symbol), sources.text(field.type->span));
    if (field.default_value != nullptr)
      text += fmt::format(" = {}", sources.text(field.default_value->span));
  }
  return text + (schema.fields.empty() ? "}" : "\n}");
}

}  // namespace

std::string port_text(const ast::Port& port, bool output, const SourceMap& sources,
                      const Interner& names) {
  std::string text = port.marked_in ? "in " : output && port.marked_out ? "out " : "";
  if (port.name.symbol.valid()) text += names.text(port.name.symbol);
  if (port.type != nullptr)
    text += fmt::format("{}{}{}", port.name.symbol.valid() ? ": " : "", port.is_type ? "type " : "",
                        sources.text(port.type->span));
  if (port.default_type != nullptr)
    text += fmt::format(" = {}", sources.text(port.default_type->span));
  if (port.default_value != nullptr)
    text += fmt::format(" = {}", sources.text(port.default_value->span));
  return text;
}

std::string signature_text(const ast::Decl& decl, const SourceMap& sources, const Interner& names) {
  return fmt::format("{}{}({}){}", names.text(decl.name.symbol), type_params_text(decl, names),
                     ports_text(ports_of(decl), false, sources, names),
                     outputs_text(decl, sources, names));
}

std::string declaration_text(const ast::Decl& decl, const SourceMap& sources,
                             const Interner& names) {
  switch (decl.kind) {
    case ast::DeclKind::Flow: return "flow " + signature_text(decl, sources, names);
    case ast::DeclKind::Node:
    case ast::DeclKind::Extern: return "node " + signature_text(decl, sources, names);
    case ast::DeclKind::Schema: return schema_text(ast::as<ast::SchemaDecl>(decl), sources, names);
    case ast::DeclKind::Alias:
      return fmt::format("type {} = {}", names.text(decl.name.symbol),
                         sources.text(ast::as<ast::AliasDecl>(decl).type->span));
    case ast::DeclKind::NodeAlias:
      return fmt::format("alias {} = {}", names.text(decl.name.symbol),
                         names.text(ast::as<ast::NodeAliasDecl>(decl).target.symbol));
    case ast::DeclKind::Test: return fmt::format("test \"{}\"", ast::as<ast::TestDecl>(decl).title);
  }
}

}  // namespace pflow::query
