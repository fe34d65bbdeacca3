#include "frontend/parse/build/decls.h"

#include "frontend/parse/build/attributes.h"
#include "frontend/parse/build/bodies.h"
#include "frontend/parse/build/foreign.h"
#include "frontend/parse/build/names.h"
#include "frontend/parse/build/ports.h"
#include "frontend/parse/build/texts.h"
#include "frontend/parse/build/types.h"

namespace pflow::parse {

namespace {

using Tok = FlowParser;
using ast::DeclKind;

/// What all declarations with a name begin with; `what` the name is for the report.
template <typename Decl, typename Context>
Decl* declared(Builder& b, DeclKind kind, Context& context, std::string_view what) {
  auto* made = b.arena.make<Decl>();
  made->kind = kind;
  made->name = own_name(b, *context.name, what);
  made->span = b.span(context);
  made->doc = doc_of(b, *context.start);
  return made;
}

/// A lone name after a flow's arrow is a key, also one that a type has; what the checks
/// make of any other type they say with the flow's keys.
ast::Port flow_result_type(Builder& b, FlowParser::TypeExprContext& context) {
  ast::Port port{};
  port.span = b.span(context);
  const ast::TypeExpr* found = build_type(b, context);
  std::string_view written = b.text(port.span);
  bool lower = !written.empty() && !(written[0] >= 'A' && written[0] <= 'Z');
  bool lone =
      found->kind == ast::TypeExprKind::Named && found->parts.empty() && !found->module.valid();
  port.name = {lone && lower ? found->name : Symbol(), port.span};
  if (!port.name.symbol.valid()) port.type = found;
  return port;
}

std::span<const ast::Port> flow_results(Builder& b, FlowParser::FlowResultsContext& context) {
  std::vector<ast::Port> made;
  if (context.type != nullptr) made.push_back(flow_result_type(b, *context.type));
  for (auto* each : context.items) {
    ast::Port port{};
    port.name = own_name(b, *each->name, "key");
    if (each->type != nullptr) port.type = build_type(b, *each->type);
    port.doc = doc_of(b, *each->start);
    port.span = b.span(*each);
    made.push_back(port);
  }
  return b.arena.copy(made);
}

}  // namespace

ast::FlowDecl* flow_head(Builder& b, FlowParser::FlowHeadContext& context) {
  auto* made = declared<ast::FlowDecl>(b, DeclKind::Flow, context, "flow");
  made->durable = context.durable != nullptr;
  no_type_params(b, context.generic);
  made->params = build_ports(b, *context.params, {.inputs = true, .native = false});
  if (context.results != nullptr) {
    made->results = flow_results(b, *context.results);
    made->results_span = b.span(*context.results);
  }
  return made;
}

namespace {

std::span<const ast::Port> node_outputs(Builder& b, FlowParser::NodeOutputsContext& context) {
  if (context.list != nullptr)
    return build_ports(b, *context.list, {.inputs = false, .native = false, .any_word = true});
  ast::Port port{};
  port.type = build_type(b, *context.type);
  port.span = b.span(context);
  return b.arena.copy(std::vector<ast::Port>{port});
}

}  // namespace

ast::NodeDecl* node_head(Builder& b, FlowParser::NodeHeadContext& context) {
  auto* made = declared<ast::NodeDecl>(b, DeclKind::Node, context, "node");
  no_type_params(b, context.generic);
  made->params = build_ports(b, *context.params, {.inputs = true, .native = false});
  if (context.outputs != nullptr) made->outputs = node_outputs(b, *context.outputs);
  return made;
}

ast::ExternDecl* foreign_head(Builder& b, FlowParser::ForeignHeadContext& context) {
  auto* made = declared<ast::ExternDecl>(b, DeclKind::Extern, context, "node");
  no_type_params(b, context.generic);
  made->params = build_ports(b, *context.params, {.inputs = true, .native = false});
  if (context.outputs != nullptr) made->outputs = node_outputs(b, *context.outputs);
  foreign(b, context, *made);
  return made;
}

ast::ExternDecl* extern_decl(Builder& b, FlowParser::ExternDeclContext& context) {
  auto* made = declared<ast::ExternDecl>(b, DeclKind::Extern, context, "node");
  made->type_params = type_params(b, context.generic);
  made->params = build_ports(b, *context.params, {.inputs = true, .native = true});
  if (context.outputs != nullptr)
    made->outputs = build_ports(b, *context.outputs, {.inputs = false, .native = true});
  if (context.pure != nullptr) {
    made->attributes.pure = true;
    Span word = b.span(*context.pure);
    if (b.text(word) != "pure")
      b.reports.report(diag::unknown_attribute, word, Reports::shorten(b.text(word)))
          .label("expected `pure` or `extern`")
          .help("only `pure` stands before `extern`", {word, "pure"});
  }
  for (auto* each : context.attributes) attribute(b, *each, *made);
  return made;
}

namespace {

void check_field_separators(Builder& b, FlowParser::SchemaDeclContext& context) {
  for (auto* each : context.separators) {
    Span place = b.span(*each);
    if (type_of(*each->start) != Tok::COMMA) continue;
    b.reports.report(diag::comma_between_fields, place)
        .label("fields end like statements")
        .help("write `;`", {place, ";"})
        .certain();
    return;
  }
}

ast::Tag tag(Builder& b, FlowParser::TextLiteralContext* context) {
  if (context == nullptr) return {};
  ast::Tag made{plain_text(b, *context), b.span(*context)};
  if (made.text.empty()) b.reports.report(diag::empty_tag, made.span).label("tells nothing apart");
  return made;
}

ast::SchemaField schema_field(Builder& b, FlowParser::SchemaFieldContext& context) {
  ast::SchemaField made{};
  made.name = any_name(b, *context.name);
  made.type = build_type(b, *context.type);
  if (context.value != nullptr) made.default_value = b.expr(*context.value);
  if (context.wire != nullptr) made.wire = plain_text(b, *context.wire);
  made.doc = doc_of(b, *context.start);
  return made;
}

}  // namespace

ast::SchemaDecl* schema_decl(Builder& b, FlowParser::SchemaDeclContext& context) {
  auto* made = declared<ast::SchemaDecl>(b, DeclKind::Schema, context, "schema");
  made->tag = tag(b, context.tag);
  check_field_separators(b, context);
  std::vector<ast::SchemaField> fields;
  for (auto* each : context.fields) fields.push_back(schema_field(b, *each));
  made->fields = b.arena.copy(fields);
  return made;
}

ast::AliasDecl* alias_decl(Builder& b, FlowParser::AliasDeclContext& context) {
  auto* made = declared<ast::AliasDecl>(b, DeclKind::Alias, context, "type");
  made->type = build_type(b, *context.type);
  made->tag = tag(b, context.tag);
  if (context.by == nullptr || b.text(b.span(*context.by)) == "by") return made;
  Span word = b.span(*context.by);
  b.reports.report(diag::unexpected_token, word, "`by`", fmt::format("`{}`", b.text(word)))
      .label("does not fit here")
      .help("`by` stands before the name of the member that tells the variants apart",
            {word, "by"});
  return made;
}

ast::NodeAliasDecl* node_alias_decl(Builder& b, FlowParser::NodeAliasDeclContext& context) {
  auto* made = declared<ast::NodeAliasDecl>(b, DeclKind::NodeAlias, context, "alias");
  made->target = any_name(b, *context.target);
  if (context.module != nullptr) {
    const Span module = b.span(*context.module);
    made->target.symbol =
        b.names.intern(fmt::format("{}.{}", b.text(module), b.names.text(made->target.symbol)));
    made->target.span = join(module, made->target.span);
  }
  if (context.why == nullptr) return made;
  made->deprecated = {plain_text(b, *context.why), b.span(*context.why)};
  const Span word = b.span(*context.deprecated);
  if (b.text(word) == "deprecated") return made;
  b.reports.report(diag::unexpected_token, word, "`deprecated`", fmt::format("`{}`", b.text(word)))
      .label("does not fit here")
      .help("`deprecated` stands before what to know of an old name", {word, "deprecated"});
  return made;
}

ast::FlowDecl* bare_flow(Builder& b, ast::ChainStatement& chain, std::string_view doc) {
  auto* made = b.arena.make<ast::FlowDecl>();
  made->kind = DeclKind::Flow;
  made->name = {b.names.intern("main"), {chain.span.file, chain.span.begin, chain.span.begin}};
  made->span = chain.span;
  made->doc = doc;
  std::vector<ast::Statement*> statements{&chain};
  made->body = build_block(b, statements, chain.span);
  made->bare = true;
  return made;
}

}  // namespace pflow::parse
