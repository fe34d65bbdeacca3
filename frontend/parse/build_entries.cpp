#include <algorithm>

#include "frontend/parse/build.h"

namespace pflow::parse {

namespace {

using Context = FlowParser::StatementContext;
using ast::ExprKind;

}  // namespace

FlowParser::TextLiteralContext* Builder::lone_text(FlowParser::ExprContext* expr) {
  return expr != nullptr && expr->atom != nullptr ? expr->atom->text : nullptr;
}

Builder::Braces Builder::braces_of(const FlowParser::BlockContext& context) {
  if (context.statements.empty()) return Braces::Empty;
  bool entries = context.statements.size() == 1 && has_entries(*context.statements[0]);
  return entries ? Braces::Entries : Braces::Statements;
}

/// A map or a copy; an error for a record that lacks its type.
const ast::Expr* Builder::entries(Context& context, Span span) {
  if (context.spread != nullptr) return copy(context, span);
  if (lone_text(context.stages[0]->value) != nullptr && context.stages[0]->suffixes.empty())
    return same_entries(context) ? map(context, nullptr, span) : error_expr(span);
  record_without_type(context);
  return error_expr(span);
}

/// As a body, entries are its value.
ast::Statement* Builder::entries_statement(Context& context) {
  Span place = span(context);
  auto* stage = arena_->make<ast::Stage>();
  stage->id = ast::StageId(ids_->next_stage++);
  stage->span = place;
  stage->kind = ast::StageKind::Expr;
  stage->expr = entries(context, place);
  ast::Chain chain{arena_->copy(std::vector<ast::Stage*>{stage}), place};
  auto* made =
      arena_->make<ast::ChainStatement>(ast::Statement{ast::StatementKind::Chain, place}, chain);
  if (stage->expr->kind != ExprKind::Error) entries_.push_back(made);
  return made;
}

void Builder::check_entries_alone(const std::vector<ast::Statement*>& statements) {
  if (entries_.empty()) return;
  const ast::Statement* reported = nullptr;
  for (size_t i = 0; i < statements.size(); ++i) {
    auto found = std::find(entries_.begin(), entries_.end(), statements[i]);
    if (found == entries_.end()) continue;
    entries_.erase(found);
    if (statements.size() == 1 || reported != nullptr) continue;
    reported = statements[i];
    bool before = i > 0;
    auto report = reports_->report(diag::entries_beside_statements, statements[i]->span);
    report.label("an entry");
    report.secondary(statements[before ? i - 1 : 1]->span, "another statement");
    report.help("entries are separated by `,`");
    report.help("a map among statements has braces of its own",
                {statements[i]->span, fmt::format("{{ {} }}", text(statements[i]->span))});
  }
}

/// `{ ...e, f: v }` is a record of the type of `e`, `{ ...e, "k": v }` a map.
const ast::Expr* Builder::copy(Context& context, Span span) {
  if (!same_entries(context)) return error_expr(span);
  const ast::Expr* spread = expr(*context.value);
  if (!context.entries.empty() && context.entries[0]->text != nullptr)
    return map(context, spread, span);
  std::vector<ast::FieldInit> fields;
  for (auto* entry : context.entries)
    if (entry->spread == nullptr) fields.push_back(record_field(*entry));
  return make<ast::RecordExpr>(ExprKind::Record, span, Symbol(), ast::Name(), spread,
                               std::span<const ast::FieldInit>(arena_->copy(fields)));
}

const ast::Expr* Builder::map(Context& context, const ast::Expr* spread, Span span) {
  std::vector<ast::MapEntry> made;
  auto add = [&](FlowParser::TextLiteralContext& key, FlowParser::ExprContext& value) {
    const auto* text = static_cast<const ast::TemplateExpr*>(text_literal(key));
    made.push_back({text, expr(value)});
  };
  if (spread == nullptr) add(*lone_text(context.stages[0]->value), *context.value);
  for (auto* entry : context.entries)
    if (entry->spread == nullptr) add(*entry->text, *entry->value);
  return make<ast::MapExpr>(ExprKind::Map, span, spread,
                            std::span<const ast::MapEntry>(arena_->copy(made)));
}

/// Whether all keys are strings or all are names; reports the first of the other kind,
/// and a `...` that is not the first entry.
bool Builder::same_entries(Context& context) {
  bool known = context.spread == nullptr;
  bool strings = known;
  for (auto* entry : context.entries) {
    if (entry->spread != nullptr) {
      reports_->report(diag::misplaced_spread, span(*entry)).label("not the first entry");
      continue;
    }
    bool string = entry->text != nullptr;
    if (!known) strings = string;
    known = true;
    if (string == strings) continue;
    constexpr std::string_view kWords[] = {"the name of a field", "a key in quotes"};
    Span key = string ? span(*entry->text) : span(*entry->name);
    auto report = reports_->report(diag::mixed_entries, key, kWords[strings], kWords[string]);
    report.label(string ? "in quotes" : "without quotes");
    if (strings)
      report.help("keys of a map stand in quotes", {key, fmt::format("\"{}\"", text(key))});
    else
      report.help("fields of a record stand without quotes",
                  {key, std::string(text(key).substr(1, text(key).size() - 2))});
    return false;
  }
  return true;
}

void Builder::record_without_type(Context& context) {
  Span place = span(context);
  auto report = reports_->report(diag::record_without_type, place);
  report.label("a field without a record");
  report.help(fmt::format("name its type: `T {{ {} }}`", Reports::shorten(text(place))));
  const antlr4::Token* first = lone_name(context.stages[0]->value);
  if (first == nullptr) return;
  std::string quoted = fmt::format("\"{}\": {}", text(span(*first)), text(span(*context.value)));
  for (auto* entry : context.entries) {
    if (entry->name == nullptr) return;
    quoted += fmt::format(", \"{}\": {}", text(span(*entry->name)), text(span(*entry->value)));
  }
  report.help("the keys of a map stand in quotes", {place, quoted});
}

}  // namespace pflow::parse
