#include "frontend/parse/build/shapes.h"

namespace pflow::parse {

namespace {

using Tok = FlowParser;

}  // namespace

bool has_entries(const FlowParser::StatementContext& statement) {
  return statement.colon != nullptr || statement.spread != nullptr;
}

const antlr4::Token* lone_name(const FlowParser::ExprContext* expr) {
  if (expr == nullptr || expr->atom == nullptr || expr->atom->literal == nullptr) return nullptr;
  const antlr4::Token* token = expr->atom->literal;
  return type_of(*token) == Tok::NAME ? token : nullptr;
}

FlowParser::TextLiteralContext* lone_text(FlowParser::ExprContext* expr) {
  return expr != nullptr && expr->atom != nullptr ? expr->atom->text : nullptr;
}

FlowParser::ExprContext* lone_value(const FlowParser::StatementContext& statement) {
  bool one = statement.stages.size() == 1 && statement.op == nullptr &&
             statement.colon == nullptr && statement.label == nullptr;
  return one && statement.stages[0]->suffixes.empty() ? statement.stages[0]->value : nullptr;
}

std::string_view describe(const FlowParser::StatementContext& statement) {
  if (statement.name != nullptr) return "a `let`";
  if (statement.ret != nullptr) return "`return`";
  if (statement.label != nullptr) return "a transition";
  if (statement.onError != nullptr) return "`on error`";
  if (statement.test != nullptr) return "`assert`";
  if (statement.stub != nullptr) return "a stub";
  if (statement.op != nullptr) return "an assignment";
  if (has_entries(statement)) return "an entry of a map";
  if (lone_value(statement) != nullptr) return "another value";
  if (statement.stages.size() > 1) return "a chain";
  const FlowParser::StageContext& stage = *statement.stages[0];
  if (stage.leave != nullptr) {
    TokenType word = type_of(*stage.leave);
    return word == Tok::BREAK ? "`break`" : word == Tok::CONTINUE ? "`continue`" : "`end`";
  }
  if (stage.each != nullptr) return "`each`";
  if (stage.parallel != nullptr) return "`par`";
  if (stage.repeat != nullptr) return "`repeat`";
  return "a stage with suffixes";
}

Braces braces_of(const FlowParser::BlockContext& context) {
  if (context.statements.empty()) return Braces::Empty;
  bool entries = context.statements.size() == 1 && has_entries(*context.statements[0]);
  return entries ? Braces::Entries : Braces::Statements;
}

}  // namespace pflow::parse
