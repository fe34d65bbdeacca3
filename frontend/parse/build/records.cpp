#include "frontend/parse/build/records.h"

#include "frontend/habits/habits.h"
#include "frontend/parse/build/names.h"
#include "frontend/parse/build/shapes.h"

namespace pflow::parse {

namespace {

using ast::ExprKind;

}  // namespace

ast::FieldInit build_record_field(Builder& b, FlowParser::RecordEntryContext& context) {
  const ast::Expr* value = b.expr(*context.value);
  if (context.name != nullptr) return {any_name(b, *context.name), value};
  Span place = b.span(*context.text);
  std::string_view quoted = b.text(place);
  b.reports.report(diag::unexpected_token, place, "the name of a field", "a string")
      .label("in quotes")
      .help("field names stand without quotes",
            {place, std::string(quoted.size() > 2 ? quoted.substr(1, quoted.size() - 2) : "name")});
  return {{b.names.intern(quoted), place}, value};
}

const ast::Expr* build_record(Builder& b, Span span, const antlr4::Token* module,
                              const antlr4::Token& type_name, FlowParser::RecordBodyContext* body) {
  ast::Name type = name_of(b, type_name);
  if (body == nullptr) {
    auto report =
        b.reports.report(diag::type_as_value, type.span, Reports::shorten(b.text(type.span)));
    report.label("the name of a type");
    if (std::string_view here = habits::find_value(b.text(type.span)); !here.empty())
      report.help(fmt::format("write `{}`", here), {type.span, std::string(here)}).certain();
    else
      report.help(
          fmt::format("a record is written `{} {{ field: value }}`; keys and nodes begin with "
                      "a lower-case letter",
                      Reports::shorten(b.text(type.span))));
    return b.error_expr(span);
  }
  const ast::Expr* spread = nullptr;
  std::vector<ast::FieldInit> fields;
  for (auto* entry : body->entries) {
    if (entry->spread == nullptr) {
      fields.push_back(build_record_field(b, *entry));
    } else if (entry != body->entries[0]) {
      b.reports.report(diag::misplaced_spread, b.span(*entry)).label("not the first entry");
    } else {
      spread = b.expr(*entry->value);
    }
  }
  Symbol from = module != nullptr ? name_of(b, *module).symbol : Symbol();
  return b.make<ast::RecordExpr>(ExprKind::Record, span, from, type, spread,
                                 std::span<const ast::FieldInit>(b.arena.copy(fields)));
}

const ast::Expr* imported_record(Builder& b, FlowParser::ExprContext& context) {
  const antlr4::Token* module = lone_name(context.left);
  const antlr4::Token& type = *context.post->typeName;
  if (module != nullptr)
    return build_record(b, b.span(context), module, type, context.post->record);
  b.reports.report(diag::type_as_value, b.span(type), Reports::shorten(b.text(b.span(type))))
      .label("the name of a type")
      .secondary(b.span(*context.left), "not the name of an import")
      .help(fmt::format("a key of a `json` or a map is read with `[\"{}\"]`",
                        Reports::shorten(b.text(b.span(type)))));
  return b.error_expr(b.span(context));
}

}  // namespace pflow::parse
