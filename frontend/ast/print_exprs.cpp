#include "frontend/ast/operators.h"
#include "frontend/ast/printer.h"
#include "support/check.h"

namespace pflow::ast {

void Printer::expr(const Expr& expr) {
  Span at = expr.span;
  switch (expr.kind) {
    case ExprKind::Error: return line("error", at);
    case ExprKind::Int: return line(fmt::format("int {}", as<IntExpr>(expr).value), at);
    case ExprKind::Float: return line(fmt::format("float {}", as<FloatExpr>(expr).value), at);
    case ExprKind::Bool: return line(as<BoolExpr>(expr).value ? "bool true" : "bool false", at);
    case ExprKind::None: return line("none", at);
    case ExprKind::Duration:
      return line(fmt::format("duration {}ns", as<DurationExpr>(expr).nanoseconds), at);
    case ExprKind::Template: return template_parts(as<TemplateExpr>(expr));
    case ExprKind::Name: return line(fmt::format("name {}", name(as<NameExpr>(expr).name)), at);
    case ExprKind::Call: return call(as<CallExpr>(expr));
    case ExprKind::Block: return block_expr(as<BlockExpr>(expr));
    case ExprKind::Record: return record(as<RecordExpr>(expr));
    case ExprKind::Map: return map(as<MapExpr>(expr));
    case ExprKind::Match: return match(as<MatchExpr>(expr));
    case ExprKind::Field:
    case ExprKind::Index:
    case ExprKind::Slice:
    case ExprKind::Lambda:
    case ExprKind::Unary:
    case ExprKind::Binary:
    case ExprKind::If:
    case ExprKind::List: return operators(expr);
  }
}

void Printer::operators(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::Field: {
      const auto& e = as<FieldExpr>(expr);
      line(fmt::format("{} {}", e.optional ? "field?" : "field", name(e.field.symbol)), e.span);
      return labelled("", e.base);
    }
    case ExprKind::Index: {
      const auto& e = as<IndexExpr>(expr);
      line(e.optional ? "index?" : "index", e.span);
      labelled("", e.base);
      return labelled("", e.index);
    }
    case ExprKind::Slice: {
      const auto& e = as<SliceExpr>(expr);
      line("slice", e.span);
      labelled("", e.base);
      labelled("from", e.from);
      return labelled("to", e.to);
    }
    case ExprKind::Lambda: {
      const auto& e = as<LambdaExpr>(expr);
      std::string head = "lambda";
      for (const Name& param : e.params) head += fmt::format(" {}", name(param.symbol));
      line(head, e.span);
      return labelled("", e.body);
    }
    case ExprKind::Unary: {
      const auto& e = as<UnaryExpr>(expr);
      line(e.op == UnaryOp::Not ? "unary not" : "unary -", e.span);
      return labelled("", e.operand);
    }
    case ExprKind::Binary: {
      const auto& e = as<BinaryExpr>(expr);
      line(fmt::format("binary {}", spelling(e.op)), e.span);
      labelled("", e.left);
      return labelled("", e.right);
    }
    case ExprKind::If: {
      const auto& e = as<IfExpr>(expr);
      line("if", e.span);
      labelled("", e.condition);
      labelled("then", e.then);
      return labelled("else", e.otherwise);
    }
    case ExprKind::List: {
      line("list", expr.span);
      for (const Expr* item : as<ListExpr>(expr).items) labelled("", item);
      return;
    }
    case ExprKind::Error:
    case ExprKind::Int:
    case ExprKind::Float:
    case ExprKind::Bool:
    case ExprKind::None:
    case ExprKind::Duration:
    case ExprKind::Template:
    case ExprKind::Name:
    case ExprKind::Call:
    case ExprKind::Match:
    case ExprKind::Block:
    case ExprKind::Record:
    case ExprKind::Map: PFLOW_UNREACHABLE("printed by expr");
  }
}

/// A child, under a word of its own when there is one; nothing for none.
void Printer::labelled(std::string_view word, const Expr* child) {
  if (child == nullptr) return;
  Indent indent(*this);
  if (word.empty()) return expr(*child);
  line(word);
  Indent inner(*this);
  expr(*child);
}

void Printer::template_parts(const TemplateExpr& e) {
  if (e.is_literal()) return line(fmt::format("string {}", quoted(e.literal())), e.span);
  line("template", e.span);
  Indent indent(*this);
  for (const TemplatePart& part : e.parts) {
    if (part.value != nullptr)
      expr(*part.value);
    else
      line(fmt::format("text {}", quoted(part.text)), part.span);
  }
}

void Printer::call(const CallExpr& e) {
  line("call", e.span);
  labelled("", e.callee);
  Indent indent(*this);
  for (const Argument& argument : e.arguments) {
    std::string head = argument.name.valid() ? fmt::format("arg {}", name(argument.name)) : "arg";
    if (argument.type != nullptr) {
      line(fmt::format("{} type {}", head, type(*argument.type)), argument.span);
      continue;
    }
    line(head, argument.span);
    labelled("", argument.value);
  }
}

void Printer::block_expr(const BlockExpr& e) {
  line("block", e.span);
  Indent indent(*this);
  for (const LetBinding& binding : e.lets) let(binding);
  if (e.value != nullptr) expr(*e.value);
}

void Printer::record(const RecordExpr& e) {
  std::string head = "record";
  if (e.module.valid())
    head += fmt::format(" {}.", name(e.module));
  else if (e.type.symbol.valid())
    head += " ";
  if (e.type.symbol.valid()) head += name(e.type.symbol);
  line(head, e.span);
  labelled("spread", e.spread);
  Indent indent(*this);
  for (const FieldInit& field : e.fields) {
    line(fmt::format("field {}", name(field.name.symbol)), field.name.span);
    labelled("", field.value);
  }
}

void Printer::map(const MapExpr& e) {
  line("map", e.span);
  labelled("spread", e.spread);
  Indent indent(*this);
  for (const MapEntry& entry : e.entries) {
    line("entry", entry.key->span);
    labelled("", entry.key);
    labelled("", entry.value);
  }
}

void Printer::match(const MatchExpr& e) {
  line("match", e.span);
  labelled("", e.subject);
  Indent indent(*this);
  for (const MatchArm& arm : e.arms) {
    line(fmt::format("case {}", patterns(arm.patterns)));
    labelled("", arm.value);
  }
}

std::string Printer::patterns(std::span<const Pattern> patterns) const {
  std::string joined;
  for (const Pattern& each : patterns) joined += (joined.empty() ? "" : " | ") + pattern(each);
  return joined;
}

std::string Printer::pattern(const Pattern& pattern) const {
  switch (pattern.kind) {
    case PatternKind::Text: return quoted(pattern.text);
    case PatternKind::Int: return fmt::format("{}", pattern.integer);
    case PatternKind::Bool: return pattern.integer != 0 ? "true" : "false";
    case PatternKind::None: return "none";
    case PatternKind::Any: return "_";
    case PatternKind::Variant: break;
  }
  std::string text = pattern.is_call ? "call " : "";
  if (pattern.module.valid()) text += fmt::format("{}.", name(pattern.module));
  text += name(pattern.type.symbol);
  if (pattern.binding.symbol.valid()) text += fmt::format(" {}", name(pattern.binding.symbol));
  return text;
}

}  // namespace pflow::ast
