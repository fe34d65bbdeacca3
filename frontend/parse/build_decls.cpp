#include "frontend/parse/build.h"

namespace pflow::parse {

namespace {

using Tok = FlowParser;
using ast::DeclKind;

constexpr std::string_view kTypeWords[] = {"str",  "bytes", "int", "float", "bool", "duration",
                                           "json", "path",  "cmd", "url",   "sql",  "secret"};

bool is_type_word(std::string_view word) {
  for (std::string_view each : kTypeWords)
    if (each == word) return true;
  return false;
}

}  // namespace

ast::FlowDecl* Builder::flow_head(FlowParser::FlowHeadContext& context) {
  auto* made = arena_->make<ast::FlowDecl>();
  made->kind = DeclKind::Flow;
  made->name = own_name(*context.name, "flow");
  made->span = span(context);
  made->doc = doc_of(*context.start);
  no_type_params(context.generic);
  made->params = ports(*context.params, {.inputs = true, .native = false});
  if (context.results != nullptr) {
    made->results = flow_results(*context.results);
    made->results_span = span(*context.results);
  }
  return made;
}

std::span<const ast::Port> Builder::flow_results(FlowParser::FlowResultsContext& context) {
  std::vector<ast::Port> made;
  if (context.type != nullptr) made.push_back(flow_result_type(*context.type));
  for (auto* each : context.items) {
    ast::Port port{};
    port.name = own_name(*each->name, "key");
    if (each->type != nullptr) port.type = type(*each->type);
    port.doc = doc_of(*each->start);
    port.span = span(*each);
    made.push_back(port);
  }
  return arena_->copy(made);
}

/// A lone name after a flow's arrow is a key; any other type is a mistake.
ast::Port Builder::flow_result_type(FlowParser::TypeExprContext& context) {
  ast::Port port{};
  port.span = span(context);
  const ast::TypeExpr* found = type(context);
  std::string_view written = text(port.span);
  bool lower = !written.empty() && !(written[0] >= 'A' && written[0] <= 'Z');
  if (found->kind == ast::TypeExprKind::Named && lower && !is_type_word(written)) {
    port.name = {found->name, port.span};
    return port;
  }
  port.name = {names_->intern("result"), port.span};
  port.type = found;
  reports_->report(diag::flow_arrow_type, port.span)
      .label("a type")
      .help("name the key", {port.span, fmt::format("(result: {})", written)});
  return port;
}

ast::NodeDecl* Builder::node_head(FlowParser::NodeHeadContext& context) {
  auto* made = arena_->make<ast::NodeDecl>();
  made->kind = DeclKind::Node;
  made->name = own_name(*context.name, "node");
  made->span = span(context);
  made->doc = doc_of(*context.start);
  no_type_params(context.generic);
  made->params = ports(*context.params, {.inputs = true, .native = false});
  if (context.outputs != nullptr) made->outputs = node_outputs(*context.outputs);
  return made;
}

std::span<const ast::Port> Builder::node_outputs(FlowParser::NodeOutputsContext& context) {
  if (context.list != nullptr)
    return ports(*context.list, {.inputs = false, .native = false, .any_word = true});
  ast::Port port{};
  port.type = type(*context.type);
  port.span = span(context);
  return arena_->copy(std::vector<ast::Port>{port});
}

ast::ExternDecl* Builder::extern_decl(FlowParser::ExternDeclContext& context) {
  auto* made = arena_->make<ast::ExternDecl>();
  made->kind = DeclKind::Extern;
  made->name = own_name(*context.name, "node");
  made->span = span(context);
  made->doc = doc_of(*context.start);
  made->type_params = type_params(context.generic);
  made->params = ports(*context.params, {.inputs = true, .native = true});
  if (context.outputs != nullptr)
    made->outputs = ports(*context.outputs, {.inputs = false, .native = true});
  if (context.pure != nullptr) {
    made->attributes.pure = true;
    Span word = span(*context.pure);
    if (text(word) != "pure")
      reports_->report(diag::unknown_attribute, word, Reports::shorten(text(word)))
          .label("expected `pure` or `extern`")
          .help("only `pure` stands before `extern`", {word, "pure"});
  }
  for (auto* each : context.attributes) attribute(*each, *made);
  return made;
}

void Builder::attribute(FlowParser::AttributeContext& context, ast::ExternDecl& decl) {
  ast::Attributes& attributes = decl.attributes;
  Span word = span(*context.name);
  std::string_view found = text(word);
  if (found == "async")
    attributes.async = true;
  else if (found == "blocking")
    attributes.blocking = true;
  else if (found == "preflight")
    attributes.preflight = true;
  else if (found == "effects")
    effects(context, attributes);
  else if (found == "retries")
    retries(context, attributes);
  else if (found == "actions") {
    std::vector<std::string_view> actions;
    for (auto* each : context.arguments)
      if (each->text != nullptr) actions.push_back(plain_text(*each->text));
    attributes.actions = arena_->copy(actions);
  } else {
    auto report = reports_->report(diag::unknown_attribute, word, Reports::shorten(found));
    report.label("no attribute of a node");
    std::string_view near =
        nearest_name(found, {"async", "blocking", "preflight", "effects", "actions", "retries"});
    if (!near.empty())
      report.help(fmt::format("an attribute with a similar name exists: `{}`", near),
                  {word, std::string(near)});
    else if (found == "pure")
      report.help("`pure` stands before `extern`");
    else
      report.help(
          "attributes are `effects(…)`, `async`, `blocking`, `preflight`, `retries(…)` and "
          "`actions(…)`");
  }
}

void Builder::retries(FlowParser::AttributeContext& context, ast::Attributes& attributes) {
  const antlr4::Token* number =
      context.arguments.size() == 1 ? context.arguments[0]->number : nullptr;
  if (number != nullptr) {
    const ast::Expr* read = int_literal(span(*number), false);
    if (read->kind == ast::ExprKind::Int) attributes.retries = ast::as<ast::IntExpr>(*read).value;
    return;
  }
  Span word = span(*context.name);
  reports_->report(diag::unexpected_token, word, "a number in `retries(…)`", "none")
      .label("how many retries")
      .help("further tries after the first", {span(context), "retries(2)"});
}

void Builder::effects(FlowParser::AttributeContext& context, ast::Attributes& attributes) {
  struct Row {
    std::string_view name;
    uint16_t bit;
  };
  using ast::Effect;
  static constexpr Row kRows[] = {
      {"fs.read", uint16_t(Effect::FsRead)}, {"fs.write", uint16_t(Effect::FsWrite)},
      {"net", uint16_t(Effect::Net)},        {"process", uint16_t(Effect::Process)},
      {"env", uint16_t(Effect::Env)},        {"time", uint16_t(Effect::Time)},
      {"random", uint16_t(Effect::Random)},  {"stdin", uint16_t(Effect::Stdin)},
      {"stdout", ast::Attributes::kStdout}};
  for (auto* each : context.arguments) {
    Span place = span(*each);
    uint16_t bit = 0;
    std::vector<std::string_view> names;
    for (const Row& row : kRows) {
      names.push_back(row.name);
      if (row.name == text(place)) bit = row.bit;
    }
    attributes.effects |= bit;
    if (bit != 0) continue;
    auto report = reports_->report(diag::unknown_effect, place, Reports::shorten(text(place)));
    report.label("no effect of this name");
    std::string_view near = nearest_name(text(place), names);
    if (!near.empty())
      report.help(fmt::format("an effect with a similar name exists: `{}`", near),
                  {place, std::string(near)});
    else
      report.help("effects are `fs.read fs.write net process env time random stdin stdout`");
  }
}

ast::SchemaDecl* Builder::schema_decl(FlowParser::SchemaDeclContext& context) {
  auto* made = arena_->make<ast::SchemaDecl>();
  made->kind = DeclKind::Schema;
  made->name = own_name(*context.name, "schema");
  made->span = span(context);
  made->doc = doc_of(*context.start);
  check_field_separators(context);
  std::vector<ast::SchemaField> fields;
  for (auto* each : context.fields) fields.push_back(schema_field(*each));
  made->fields = arena_->copy(fields);
  return made;
}

void Builder::check_field_separators(FlowParser::SchemaDeclContext& context) {
  for (auto* each : context.separators) {
    Span place = span(*each);
    if (type_of(*each->start) != Tok::COMMA) continue;
    reports_->report(diag::comma_between_fields, place)
        .label("fields end like statements")
        .help("write `;`", {place, ";"});
    return;
  }
}

ast::SchemaField Builder::schema_field(FlowParser::SchemaFieldContext& context) {
  ast::SchemaField made{};
  made.name = any_name(*context.name);
  made.type = type(*context.type);
  if (context.value != nullptr) made.default_value = expr(*context.value);
  if (context.wire != nullptr) made.wire = plain_text(*context.wire);
  made.doc = doc_of(*context.start);
  return made;
}

ast::AliasDecl* Builder::alias_decl(FlowParser::AliasDeclContext& context) {
  auto* made = arena_->make<ast::AliasDecl>();
  made->kind = DeclKind::Alias;
  made->name = own_name(*context.name, "type");
  made->span = span(context);
  made->doc = doc_of(*context.start);
  made->type = type(*context.type);
  return made;
}

ast::FlowDecl* Builder::bare_flow(ast::ChainStatement& chain, std::string_view doc) {
  auto* made = arena_->make<ast::FlowDecl>();
  made->kind = DeclKind::Flow;
  made->name = {names_->intern("main"), {chain.span.file, chain.span.begin, chain.span.begin}};
  made->span = chain.span;
  made->doc = doc;
  std::vector<ast::Statement*> statements{&chain};
  made->body = block(statements, chain.span);
  made->bare = true;
  return made;
}

}  // namespace pflow::parse
