#include "frontend/ast/effects.h"
#include "frontend/ast/foreign_kinds.h"
#include "frontend/ast/printer.h"

namespace pflow::ast {

namespace {

std::string_view keyword(const Decl& decl) {
  switch (decl.kind) {
    case DeclKind::Flow: return "flow";
    case DeclKind::Node: return "node";
    case DeclKind::Extern: return as<ExternDecl>(decl).foreign ? "node" : "extern node";
    case DeclKind::Schema: return "schema";
    case DeclKind::Alias: return "type";
    case DeclKind::NodeAlias: return "alias";
    case DeclKind::Test: return "test";
  }
  return "";
}

}  // namespace

void Printer::decl(const Decl& decl) {
  std::string head = fmt::format("{} {}", keyword(decl), name(decl.name.symbol));
  if (decl.kind == DeclKind::Test) head = fmt::format("test {}", quoted(as<TestDecl>(decl).title));
  if (decl.kind == DeclKind::Extern) head += type_params(as<ExternDecl>(decl));
  if (decl.kind == DeclKind::Flow && as<FlowDecl>(decl).bare) head += " bare";
  if (decl.kind == DeclKind::Flow && as<FlowDecl>(decl).durable) head += " durable";
  if (decl.kind == DeclKind::Alias) head += fmt::format(" = {}", type(*as<AliasDecl>(decl).type));
  if (decl.kind == DeclKind::NodeAlias)
    head += fmt::format(" = {}", name(as<NodeAliasDecl>(decl).target.symbol));
  line(head, decl.span);
  Indent indent(*this);
  doc(decl.doc);
  switch (decl.kind) {
    case DeclKind::Flow:
    case DeclKind::Test:
      ports("param", as<FlowDecl>(decl).params);
      ports("result", as<FlowDecl>(decl).results);
      return block(*as<FlowDecl>(decl).body);
    case DeclKind::Node:
      ports("param", as<NodeDecl>(decl).params);
      ports("output", as<NodeDecl>(decl).outputs);
      return expr(*as<NodeDecl>(decl).body);
    case DeclKind::Extern:
      ports("param", as<ExternDecl>(decl).params);
      ports("output", as<ExternDecl>(decl).outputs);
      if (as<ExternDecl>(decl).foreign != nullptr) foreign(*as<ExternDecl>(decl).foreign);
      return attributes(as<ExternDecl>(decl).attributes);
    case DeclKind::Schema:
      tag("as", as<SchemaDecl>(decl).tag);
      for (const SchemaField& field : as<SchemaDecl>(decl).fields) schema_field(field);
      return;
    case DeclKind::Alias: return tag("by", as<AliasDecl>(decl).tag);
    case DeclKind::NodeAlias: return tag("deprecated", as<NodeAliasDecl>(decl).deprecated);
  }
}

void Printer::import(const Import& import) {
  std::string head = "import ";
  head += import.package.symbol.valid() ? std::string(name(import.package.symbol))
                                        : quoted(import.path);
  if (import.alias.symbol.valid() && import.alias.span != import.target)
    head += fmt::format(" as {}", name(import.alias.symbol));
  line(head, import.span);
}

void Printer::ports(std::string_view word, std::span<const Port> ports) {
  for (const Port& port : ports) {
    std::string head(word);
    if (port.marked_in) head += " in";
    if (port.marked_out) head += " out";
    if (port.name.symbol.valid()) head += fmt::format(" {}", name(port.name.symbol));
    if (port.type != nullptr)
      head += fmt::format(": {}{}", port.is_type ? "type " : "", type(*port.type));
    if (port.default_type != nullptr) head += fmt::format(" = {}", type(*port.default_type));
    line(head, port.span);
    Indent indent(*this);
    doc(port.doc);
    if (port.default_value != nullptr) expr(*port.default_value);
  }
}

void Printer::attributes(const Attributes& attributes) {
  if (attributes.pure) line("pure");
  for (std::string_view effect : names_of_effects(attributes.effects))
    line(fmt::format("effect {}", effect));
  if (attributes.async) line("async");
  if (attributes.blocking) line("blocking");
  if (attributes.preflight) line("preflight");
  if (attributes.settings) line("settings");
  if (attributes.scripted) line("scripted");
  if (attributes.offline) line("offline");
  if (attributes.repeatable) line("repeatable");
  if (attributes.loaders) line("loaders");
  if (attributes.version != 1) line(fmt::format("version {}", attributes.version));
  if (attributes.retries != 0) line(fmt::format("retries {}", attributes.retries));
  for (std::string_view action : attributes.actions) line(fmt::format("action {}", quoted(action)));
  for (std::string_view key : attributes.keys) line(fmt::format("key {}", quoted(key)));
  for (std::string_view kind : attributes.errors) line(fmt::format("error {}", kind));
}

void Printer::foreign(const Foreign& foreign) {
  std::string head = fmt::format("by {}", foreign.kind->word);
  for (std::string_view word : foreign.words) head += fmt::format(" {}", quoted(word));
  for (size_t i = 0; i < foreign.options.size(); ++i)
    head += fmt::format(" {}: {}", foreign.kind->options[i].name, foreign.options[i]);
  line(head, foreign.span);
}

void Printer::tag(std::string_view word, const Tag& tag) {
  if (!tag.text.empty()) line(fmt::format("{} {}", word, quoted(tag.text)), tag.span);
}

void Printer::schema_field(const SchemaField& field) {
  std::string head = fmt::format("field {}: {}", name(field.name.symbol), type(*field.type));
  if (!field.wire.empty()) head += fmt::format(" as {}", quoted(field.wire));
  line(head, field.name.span);
  Indent indent(*this);
  doc(field.doc);
  if (field.default_value != nullptr) expr(*field.default_value);
}

std::string Printer::type_params(const ExternDecl& decl) const {
  std::string joined;
  for (const Name& each : decl.type_params)
    joined += (joined.empty() ? "<" : ", ") + std::string(name(each.symbol));
  return joined.empty() ? joined : joined + ">";
}

std::string Printer::named_type(const TypeExpr& written) const {
  std::string text = written.module.valid() ? fmt::format("{}.", name(written.module)) : "";
  text += name(written.name);
  if (written.parts.empty()) return text;
  std::string joined;
  for (const TypeExpr* part : written.parts) joined += (joined.empty() ? "<" : ", ") + type(*part);
  return text + joined + ">";
}

std::string Printer::type(const TypeExpr& written) const {
  switch (written.kind) {
    case TypeExprKind::Named: return named_type(written);
    case TypeExprKind::Literal: return quoted(written.literal);
    case TypeExprKind::List: return fmt::format("[{}]", type(*written.parts[0]));
    case TypeExprKind::Opt: {
      const TypeExpr& inner = *written.parts[0];
      return inner.kind == TypeExprKind::Union ? fmt::format("({})?", type(inner))
                                               : type(inner) + "?";
    }
    case TypeExprKind::Calls: {
      std::string joined;
      for (const TypeExpr* part : written.parts)
        joined += (joined.empty() ? "" : ", ") + type(*part);
      return fmt::format("call({})", joined);
    }
    case TypeExprKind::Union: {
      std::string joined;
      for (const TypeExpr* part : written.parts)
        joined += (joined.empty() ? "" : " | ") + type(*part);
      return joined;
    }
  }
  return {};
}

}  // namespace pflow::ast
