#include "tools/driver/node_docs.h"

#include <fmt/format.h>

#include <iterator>

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

std::string port_text(const ast::Port& port, bool output, const SourceMap& sources,
                      const Interner& names) {
  std::string text = port.marked_in ? "in " : output && port.marked_out ? "out " : "";
  text += fmt::format("{}: {}{}", names.text(port.name.symbol), port.is_type ? "type " : "",
                      sources.text(port.type->span));
  if (port.default_type != nullptr)
    text += fmt::format(" = {}", sources.text(port.default_type->span));
  if (port.default_value != nullptr)
    text += fmt::format(" = {}", sources.text(port.default_value->span));
  return text;
}

std::string ports_text(std::span<const ast::Port> ports, bool output, const SourceMap& sources,
                       const Interner& names) {
  std::string text;
  for (const ast::Port& port : ports)
    text += (text.empty() ? "" : ", ") + port_text(port, output, sources, names);
  return text;
}

void port_rows(Out out, std::span<const ast::Port> ports, const Interner& names) {
  for (const ast::Port& port : ports)
    if (!port.doc.empty())
      fmt::format_to(out, "- `{}`: {}\n", names.text(port.name.symbol), on_one_line(port.doc));
}

std::string type_params_text(const ast::ExternDecl& node, const Interner& names) {
  std::string text;
  for (const ast::Name& param : node.type_params)
    text += fmt::format("{}{}", text.empty() ? "<" : ", ", names.text(param.symbol));
  return text.empty() ? text : text + '>';
}

void node_section(Out out, const ast::ExternDecl& node, const SourceMap& sources,
                  const Interner& names) {
  std::string outputs = ports_text(node.outputs, true, sources, names);
  fmt::format_to(out, "### {}\n\n{}\n\n", names.text(node.name.symbol), node.doc);
  if (!outputs.empty()) outputs = fmt::format(" -> ({})", outputs);
  fmt::format_to(out, "```\n{}{}({}){}\n```\n\n", names.text(node.name.symbol),
                 type_params_text(node, names), ports_text(node.params, false, sources, names),
                 outputs);
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
