#include "tools/driver/node_docs.h"

#include <fmt/format.h>

#include <iterator>

#include "frontend/query/signature_text.h"

namespace pflow {
namespace {

using Out = std::back_insert_iterator<std::string>;

std::string on_one_line(std::string_view text) {
  std::string line;
  for (char c : text) {
    bool blank = c == '\n' || c == ' ';
    if (!blank)
      line += c;
    else if (!line.empty() && line.back() != ' ')
      line += ' ';
  }
  return line;
}

void port_rows(Out out, std::span<const ast::Port> ports, const Interner& names) {
  for (const ast::Port& port : ports)
    if (!port.doc.empty())
      fmt::format_to(out, "- `{}`: {}\n", names.text(port.name.symbol), on_one_line(port.doc));
}

void node_section(Out out, const ast::ExternDecl& node, const SourceMap& sources,
                  const Interner& names) {
  fmt::format_to(out, "### {}\n\n{}\n\n```\n{}\n```\n\n", names.text(node.name.symbol), node.doc,
                 query::signature_text(node, sources, names));
  std::string rows;
  port_rows(std::back_inserter(rows), node.params, names);
  port_rows(std::back_inserter(rows), node.outputs, names);
  if (!rows.empty()) fmt::format_to(out, "{}\n", rows);
}

void schema_section(Out out, const ast::SchemaDecl& schema, const SourceMap& sources,
                    const Interner& names) {
  fmt::format_to(out, "### {}\n\n{}\n\n", names.text(schema.name.symbol), schema.doc);
  for (const ast::SchemaField& field : schema.fields) {
    fmt::format_to(out, "- `{}: {}`", names.text(field.name.symbol),
                   sources.text(field.type->span));
    fmt::format_to(out, "{}{}\n", field.doc.empty() ? "" : ": ", on_one_line(field.doc));
  }
  fmt::format_to(out, "\n");
}

std::string_view module_name(std::string_view file) {
  file.remove_prefix(file.rfind('/') + 1);
  return file.substr(0, file.rfind(".pf"));
}

}  // namespace

std::string node_docs(const ast::File& interface, const SourceMap& sources, const Interner& names) {
  std::string text;
  Out out = std::back_inserter(text);
  fmt::format_to(out, "## {}\n\n", module_name(sources.name(interface.file)));
  if (!interface.doc.empty()) fmt::format_to(out, "{}\n\n", interface.doc);
  for (const ast::Decl* decl : interface.decls) {
    if (decl->kind == ast::DeclKind::Extern)
      node_section(out, ast::as<ast::ExternDecl>(*decl), sources, names);
    if (decl->kind == ast::DeclKind::Schema)
      schema_section(out, ast::as<ast::SchemaDecl>(*decl), sources, names);
  }
  return text;
}

}  // namespace pflow
