#include "frontend/query/node_doc.h"

#include <fmt/format.h>

#include <algorithm>

#include "frontend/ast/effects.h"
#include "frontend/query/entity.h"
#include "frontend/query/signature_parts.h"
#include "frontend/query/signature_text.h"
#include "frontend/query/words.h"
#include "frontend/sema/calls/builtins.h"

namespace pflow::query {
namespace {

constexpr std::string_view kFence = "```pf\n", kFenceEnd = "\n```";

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

std::string without_end(std::string_view text) {
  size_t last = text.find_last_not_of('\n');
  return last == std::string_view::npos ? std::string() : std::string(text.substr(0, last + 1));
}

/// The doc's block of a program goes into `example`.
void take_doc(NodeDoc& made, std::string_view doc) {
  size_t open = doc.find(kFence);
  size_t close = open == std::string_view::npos ? open : doc.find(kFenceEnd, open);
  if (close == std::string_view::npos) {
    made.doc = without_end(doc);
    return;
  }
  size_t begin = open + kFence.size();
  made.example = doc.substr(begin, close + 1 - begin);
  std::string rest(doc.substr(close + kFenceEnd.size()));
  made.doc = without_end(without_end(doc.substr(0, open)) + rest);
}

PortDoc port_doc(const ast::Port& port, const SourceMap& sources, const Interner& names) {
  PortDoc made;
  if (port.name.symbol.valid()) made.name = names.text(port.name.symbol);
  if (port.type != nullptr)
    made.type = fmt::format("{}{}", port.is_type ? "type " : "", sources.text(port.type->span));
  if (port.default_type != nullptr) made.fallback = sources.text(port.default_type->span);
  if (port.default_value != nullptr) made.fallback = sources.text(port.default_value->span);
  made.doc = on_one_line(port.doc);
  made.is_in = port.marked_in;
  made.is_out = port.marked_out;
  return made;
}

void take_attributes(NodeDoc& made, const ast::Attributes& attributes) {
  made.pure = attributes.pure;
  made.waits = attributes.async;
  made.preflight = attributes.preflight;
  made.settings = attributes.settings;
  made.retries = attributes.retries;
  for (std::string_view effect : ast::names_of_effects(attributes.effects))
    made.effects.emplace_back(effect);
  made.actions.assign(attributes.actions.begin(), attributes.actions.end());
  made.errors.assign(attributes.errors.begin(), attributes.errors.end());
  made.keys.assign(attributes.keys.begin(), attributes.keys.end());
}

void take_fields(NodeDoc& made, const ast::SchemaDecl& schema, const SourceMap& sources,
                 const Interner& names) {
  for (const ast::SchemaField& field : schema.fields) {
    PortDoc& to = made.ports.emplace_back();
    to.name = names.text(field.name.symbol);
    to.type = sources.text(field.type->span);
    if (field.default_value != nullptr) to.fallback = sources.text(field.default_value->span);
    to.doc = on_one_line(field.doc);
  }
}

DocKind kind_of(ast::DeclKind kind) {
  switch (kind) {
    case ast::DeclKind::Extern:
    case ast::DeclKind::Node: return DocKind::Node;
    case ast::DeclKind::Flow:
    case ast::DeclKind::Test: return DocKind::Flow;
    case ast::DeclKind::Schema: return DocKind::Schema;
    case ast::DeclKind::Alias: return DocKind::Type;
    case ast::DeclKind::NodeAlias: return DocKind::Node;
  }
}

/// `in items: [T] or stream`, `from: int = 0`.
PortDoc written_port(std::string_view text) {
  PortDoc made;
  made.is_in = text.starts_with("in ");
  if (made.is_in) text.remove_prefix(3);
  size_t colon = text.find(": ");
  made.name = text.substr(0, colon);
  if (colon == std::string_view::npos) return made;
  text.remove_prefix(colon + 2);
  size_t equals = text.find(" = ");
  made.type = text.substr(0, equals);
  if (equals != std::string_view::npos) made.fallback = text.substr(equals + 3);
  return made;
}

/// A line "- `name`: doc" of a port of that name; false for other lines.
bool take_row(NodeDoc& made, std::string_view line) {
  for (PortDoc& port : made.ports) {
    std::string head = fmt::format("- `{}`: ", port.name);
    if (!line.starts_with(head)) continue;
    port.doc = line.substr(head.size());
    return true;
  }
  return false;
}

}  // namespace

std::string NodeDoc::summary() const {
  std::string paragraph = on_one_line(std::string_view(doc).substr(0, doc.find("\n\n")));
  size_t end = paragraph.find(". ");
  return paragraph.substr(0, end == std::string::npos ? end : end + 1);
}

NodeDoc node_doc(const ast::Decl& decl, std::string_view home, const SourceMap& sources,
                 const Interner& names) {
  NodeDoc made;
  made.kind = kind_of(decl.kind);
  made.name = names.text(decl.name.symbol);
  made.home = home;
  const bool is_extern = decl.kind == ast::DeclKind::Extern;
  made.signature =
      is_extern ? signature_text(decl, sources, names) : declaration_text(decl, sources, names);
  take_doc(made, decl.doc);
  for (const ast::Port& port : ports_of(decl)) made.ports.push_back(port_doc(port, sources, names));
  for (const ast::Port& port : outputs_of(decl))
    made.outputs.push_back(port_doc(port, sources, names));
  if (is_extern) {
    const auto& node = ast::as<ast::ExternDecl>(decl);
    take_attributes(made, node.attributes);
    if (node.foreign != nullptr) made.by = sources.text(node.foreign->span);
  }
  if (decl.kind == ast::DeclKind::Node) made.pure = true;
  if (decl.kind == ast::DeclKind::Schema)
    take_fields(made, ast::as<ast::SchemaDecl>(decl), sources, names);
  return made;
}

NodeDoc builtin_doc(std::string_view name) {
  NodeDoc made;
  made.name = name;
  made.home = "builtin";
  made.signature = builtin_signature(name);
  const sema::Builtin which = sema::find_builtin(name)->builtin;
  made.pure = which != sema::Builtin::Choose && which != sema::Builtin::Fail;
  const std::string_view signature = made.signature;
  for (const SignaturePart& part : parameters_of(signature))
    made.ports.push_back(written_port(signature.substr(part.begin, part.end - part.begin)));
  if (size_t arrow = signature.find(") -> "); arrow != std::string_view::npos) {
    PortDoc& out = made.outputs.emplace_back();
    out.type = signature.substr(arrow + 5);
    out.is_out = true;
  }
  take_doc(made, builtin_text(name));
  std::string kept;
  for (std::string_view rest = made.doc; !rest.empty();) {
    size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    const bool second_blank = line.empty() && kept.ends_with("\n\n");
    if (!second_blank && !take_row(made, line)) kept += std::string(line) + '\n';
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  made.doc = without_end(kept);
  return made;
}

std::vector<NodeDoc> all_node_docs(const StandardNodes& standard) {
  std::vector<NodeDoc> all;
  for (const sema::BuiltinInfo& builtin : sema::all_builtins())
    all.push_back(builtin_doc(builtin.name));
  for (const StandardName& each : standard.all())
    all.push_back(node_doc(*each.decl, each.module, standard.sources(), standard.names()));
  return all;
}

}  // namespace pflow::query
