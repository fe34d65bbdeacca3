#include "frontend/parse/build/entries.h"

#include <algorithm>

#include "frontend/parse/build/names.h"
#include "frontend/parse/build/records.h"
#include "frontend/parse/build/shapes.h"
#include "frontend/parse/build/texts.h"

namespace pflow::parse {

namespace {

using ast::ExprKind;

/// Whether all keys are strings or all are names; reports the first of the other kind,
/// and a `...` that is not the first entry.
bool same_entries(Builder& b, FlowParser::StatementContext& context) {
  bool known = context.spread == nullptr;
  bool strings = known;
  for (auto* entry : context.entries) {
    if (entry->spread != nullptr) {
      b.reports.report(diag::misplaced_spread, b.span(*entry)).label("not the first entry");
      continue;
    }
    bool string = entry->text != nullptr;
    if (!known) strings = string;
    known = true;
    if (string == strings) continue;
    constexpr std::string_view kWords[] = {"the name of a field", "a key in quotes"};
    Span key = string ? b.span(*entry->text) : b.span(*entry->name);
    auto report = b.reports.report(diag::mixed_entries, key, kWords[strings], kWords[string]);
    report.label(string ? "in quotes" : "without quotes");
    if (strings)
      report.help("keys of a map stand in quotes", {key, fmt::format("\"{}\"", b.text(key))});
    else
      report.help("fields of a record stand without quotes",
                  {key, std::string(b.text(key).substr(1, b.text(key).size() - 2))});
    return false;
  }
  return true;
}

/// `{ x: 1 }`, a record that lacks the name of its type: the checks may know it.
const ast::Expr* record_without_type(Builder& b, FlowParser::StatementContext& context, Span span) {
  const antlr4::Token* first = lone_name(context.stages[0]->value);
  if (first == nullptr || !context.stages[0]->suffixes.empty()) {
    b.reports.report(diag::record_without_type, b.span(context))
        .label("a field without a record")
        .help("a record is written `T { name: value }`, a map `{ \"key\": value }`");
    return b.error_expr(span);
  }
  std::vector<ast::FieldInit> fields;
  fields.push_back({name_of(b, *first), b.expr(*context.value)});
  for (auto* entry : context.entries)
    if (entry->spread == nullptr) fields.push_back(build_record_field(b, *entry));
  return b.make<ast::RecordExpr>(ExprKind::Record, span, Symbol(), ast::Name(), nullptr,
                                 std::span<const ast::FieldInit>(b.arena.copy(fields)));
}

const ast::Expr* build_map(Builder& b, FlowParser::StatementContext& context,
                           const ast::Expr* spread, Span span) {
  std::vector<ast::MapEntry> made;
  auto add = [&](FlowParser::TextLiteralContext& key, FlowParser::ExprContext& value) {
    const auto* text = static_cast<const ast::TemplateExpr*>(text_literal(b, key));
    made.push_back({text, b.expr(value)});
  };
  if (spread == nullptr) add(*lone_text(context.stages[0]->value), *context.value);
  for (auto* entry : context.entries)
    if (entry->spread == nullptr) add(*entry->text, *entry->value);
  return b.make<ast::MapExpr>(ExprKind::Map, span, spread,
                              std::span<const ast::MapEntry>(b.arena.copy(made)));
}

/// `{ ...e, f: v }` is a record of the type of `e`, `{ ...e, "k": v }` a map.
const ast::Expr* build_copy(Builder& b, FlowParser::StatementContext& context, Span span) {
  if (!same_entries(b, context)) return b.error_expr(span);
  const ast::Expr* spread = b.expr(*context.value);
  if (!context.entries.empty() && context.entries[0]->text != nullptr)
    return build_map(b, context, spread, span);
  std::vector<ast::FieldInit> fields;
  for (auto* entry : context.entries)
    if (entry->spread == nullptr) fields.push_back(build_record_field(b, *entry));
  return b.make<ast::RecordExpr>(ExprKind::Record, span, Symbol(), ast::Name(), spread,
                                 std::span<const ast::FieldInit>(b.arena.copy(fields)));
}

}  // namespace

const ast::Expr* build_entries(Builder& b, FlowParser::StatementContext& context, Span span) {
  if (context.spread != nullptr) return build_copy(b, context, span);
  if (lone_text(context.stages[0]->value) != nullptr && context.stages[0]->suffixes.empty())
    return same_entries(b, context) ? build_map(b, context, nullptr, span) : b.error_expr(span);
  return record_without_type(b, context, span);
}

ast::Statement* entries_statement(Builder& b, FlowParser::StatementContext& context) {
  Span place = b.span(context);
  auto* stage = b.arena.make<ast::Stage>();
  stage->id = ast::StageId(b.ids.next_stage++);
  stage->span = place;
  stage->kind = ast::StageKind::Expr;
  stage->expr = build_entries(b, context, place);
  ast::Chain chain{b.arena.copy(std::vector<ast::Stage*>{stage}), place};
  auto* made =
      b.arena.make<ast::ChainStatement>(ast::Statement{ast::StatementKind::Chain, place}, chain);
  if (stage->expr->kind != ExprKind::Error) b.entry_statements.push_back(made);
  return made;
}

void check_entries_alone(Builder& b, const std::vector<ast::Statement*>& statements) {
  if (b.entry_statements.empty()) return;
  const ast::Statement* reported = nullptr;
  for (size_t i = 0; i < statements.size(); ++i) {
    auto found = std::find(b.entry_statements.begin(), b.entry_statements.end(), statements[i]);
    if (found == b.entry_statements.end()) continue;
    b.entry_statements.erase(found);
    if (statements.size() == 1 || reported != nullptr) continue;
    reported = statements[i];
    bool before = i > 0;
    auto report = b.reports.report(diag::entries_beside_statements, statements[i]->span);
    report.label("an entry");
    report.secondary(statements[before ? i - 1 : 1]->span, "another statement");
    report.help("entries are separated by `,`");
    report.help("a map among statements has braces of its own",
                {statements[i]->span, fmt::format("{{ {} }}", b.text(statements[i]->span))});
  }
}

}  // namespace pflow::parse
