#include "frontend/parse/build/exprs.h"

#include "frontend/parse/build/entries.h"
#include "frontend/parse/build/literals.h"
#include "frontend/parse/build/match.h"
#include "frontend/parse/build/names.h"
#include "frontend/parse/build/records.h"
#include "frontend/parse/build/shapes.h"
#include "frontend/parse/build/texts.h"
#include "frontend/parse/build/types.h"
#include "frontend/parse/build/value_blocks.h"

namespace pflow::parse {

namespace {

using Tok = FlowParser;
using ast::BinaryOp;
using ast::ExprKind;

BinaryOp binary_op(TokenType type) {
  switch (type) {
    case Tok::OR: return BinaryOp::Or;
    case Tok::AND: return BinaryOp::And;
    case Tok::EQ: return BinaryOp::Eq;
    case Tok::NE: return BinaryOp::Ne;
    case Tok::LT: return BinaryOp::Lt;
    case Tok::LE: return BinaryOp::Le;
    case Tok::GT: return BinaryOp::Gt;
    case Tok::GE: return BinaryOp::Ge;
    case Tok::IN: return BinaryOp::In;
    case Tok::COALESCE: return BinaryOp::Coalesce;
    case Tok::PLUS: return BinaryOp::Add;
    case Tok::MINUS: return BinaryOp::Sub;
    case Tok::STAR: return BinaryOp::Mul;
    case Tok::SLASH: return BinaryOp::Div;
    default: return BinaryOp::Rem;
  }
}

bool is_comparison(TokenType type) {
  return type == Tok::EQ || type == Tok::NE || type == Tok::LT || type == Tok::LE ||
         type == Tok::GT || type == Tok::GE || type == Tok::IN;
}

bool names_imported_type(const FlowParser::ExprContext& link) {
  return link.post != nullptr && link.post->typeName != nullptr;
}

const ast::Expr* unary(Builder& b, FlowParser::ExprContext& context) {
  bool negate = type_of(*context.op) == Tok::MINUS;
  FlowParser::PrimaryContext* atom = context.right->atom;
  // The smallest int has no positive counterpart, so its sign belongs to the literal.
  if (negate && atom != nullptr && atom->literal != nullptr &&
      b.text(b.span(*atom->literal)) == "9223372036854775808")
    return int_literal(b, b.span(context), true);
  const ast::Expr* inner = b.expr(*context.right);
  return b.make<ast::UnaryExpr>(ExprKind::Unary, b.span(context),
                                negate ? ast::UnaryOp::Negate : ast::UnaryOp::Not, inner);
}

const ast::Expr* binary(Builder& b, const ast::Expr* left, FlowParser::ExprContext& context) {
  const ast::Expr* right = b.expr(*context.right);
  Span op = b.span(*context.op);
  TokenType type = type_of(*context.op);
  FlowParser::ExprContext& before = *context.left;
  if (is_comparison(type) && before.op != nullptr && before.left != nullptr &&
      is_comparison(type_of(*before.op))) {
    Span middle = b.span(*before.right);
    Span end{middle.file, middle.end, middle.end};
    b.reports.report(diag::chained_comparison, op)
        .label("compares a comparison")
        .secondary(b.span(*before.op), "the first comparison")
        .help("compare twice", {end, fmt::format(" and {}", b.text(middle))})
        .certain();
    return b.error_expr(b.span(context));
  }
  return b.make<ast::BinaryExpr>(ExprKind::Binary, b.span(context), binary_op(type), left, right,
                                 op);
}

/// `a.b`; the name `notes.f` where an import is called `notes`.
const ast::Expr* field(Builder& b, const ast::Expr* base, FlowParser::ExprContext& context) {
  FlowParser::PostfixContext& post = *context.post;
  const ast::Name field = name_of(b, *post.field->tok);
  const bool optional = type_of(*post.dot) == Tok::OPT_DOT;
  if (!optional && base->kind == ExprKind::Name) {
    Symbol import = ast::as<ast::NameExpr>(*base).name;
    if (b.import_names.contains(import)) {
      std::string name = fmt::format("{}.{}", b.names.text(import), b.names.text(field.symbol));
      return b.make<ast::NameExpr>(ExprKind::Name, b.span(context), b.names.intern(name));
    }
  }
  return b.make<ast::FieldExpr>(ExprKind::Field, b.span(context), base, field, optional);
}

const ast::Expr* subscript(Builder& b, const ast::Expr* base, FlowParser::ExprContext& context) {
  FlowParser::SubscriptContext& index = *context.post->index;
  const ast::Expr* from = index.from != nullptr ? b.expr(*index.from) : nullptr;
  if (index.colon == nullptr)
    return b.make<ast::IndexExpr>(ExprKind::Index, b.span(context), base, from,
                                  context.post->optional != nullptr);
  const ast::Expr* to = index.to != nullptr ? b.expr(*index.to) : nullptr;
  return b.make<ast::SliceExpr>(ExprKind::Slice, b.span(context), base, from, to);
}

ast::Argument build_argument(Builder& b, FlowParser::ArgumentContext& context, bool after_named) {
  ast::Argument made;
  made.span = b.span(context);
  if (context.name != nullptr) {
    ast::Name found = any_name(b, *context.name);
    made.name = found.symbol;
    made.name_span = found.span;
  } else if (after_named) {
    b.reports.report(diag::positional_after_named, made.span)
        .label("has no name")
        .help("put it before the named ones, or name it");
  }
  if (context.value->type != nullptr)
    made.type = build_type(b, *context.value->type);
  else
    made.type = type_in_expr(b, *context.value->value, false);
  if (made.type == nullptr) made.value = b.expr(*context.value->value);
  return made;
}

const ast::Expr* call(Builder& b, const ast::Expr* callee, FlowParser::ExprContext& context) {
  std::vector<ast::Argument> arguments;
  bool named = false;
  for (auto* each : context.post->arguments) {
    arguments.push_back(build_argument(b, *each, named));
    named |= arguments.back().name.valid();
  }
  return b.make<ast::CallExpr>(ExprKind::Call, b.span(context), callee,
                               std::span<const ast::Argument>(b.arena.copy(arguments)),
                               b.span(*context.post->close));
}

const ast::Expr* postfix(Builder& b, const ast::Expr* base, FlowParser::ExprContext& context) {
  FlowParser::PostfixContext& post = *context.post;
  if (post.typeName != nullptr) return imported_record(b, context);
  if (post.index != nullptr) return subscript(b, base, context);
  if (post.dot == nullptr) return call(b, base, context);
  return field(b, base, context);
}

const ast::Expr* lambda(Builder& b, FlowParser::ExprContext& context) {
  std::vector<ast::Name> params;
  if (context.fn->param != nullptr) params.push_back(name_of(b, *context.fn->param));
  for (auto* each : context.fn->params) params.push_back(name_of(b, *each->name));
  auto kept = b.arena.copy(params);
  const ast::Expr* body = b.expr(*context.right);
  return b.make<ast::LambdaExpr>(ExprKind::Lambda, b.span(context),
                                 std::span<const ast::Name>(kept), body);
}

/// Where no body is required, `{}` is the empty map.
const ast::Expr* braces(Builder& b, FlowParser::BlockContext& context) {
  if (braces_of(context) != Braces::Empty) return block_expr(b, context, BlockRole::Expression);
  return b.make<ast::MapExpr>(ExprKind::Map, b.span(context), nullptr,
                              std::span<const ast::MapEntry>());
}

const ast::Expr* primary(Builder& b, FlowParser::PrimaryContext& context) {
  if (context.literal != nullptr) return build_literal(b, *context.literal);
  if (context.text != nullptr) return text_literal(b, *context.text);
  if (context.inner != nullptr) return b.expr(*context.inner);
  if (context.conditional != nullptr) return if_expr(b, *context.conditional);
  if (context.matching != nullptr) return match_expr(b, *context.matching);
  if (context.braces != nullptr) return braces(b, *context.braces);
  if (context.typeName != nullptr)
    return build_record(b, b.span(context), nullptr, *context.typeName, context.record);
  std::vector<const ast::Expr*> items;
  for (auto* item : context.items) items.push_back(b.expr(*item));
  return b.make<ast::ListExpr>(ExprKind::List, b.span(context),
                               std::span<const ast::Expr* const>(b.arena.copy(items)));
}

const ast::Expr* operand(Builder& b, FlowParser::ExprContext& context) {
  if (context.fn != nullptr) return lambda(b, context);
  if (context.atom != nullptr) return primary(b, *context.atom);
  return unary(b, context);
}

}  // namespace

const ast::Expr* build_expr(Builder& b, FlowParser::ExprContext& context) {
  std::vector<FlowParser::ExprContext*> links;
  FlowParser::ExprContext* first = &context;
  for (; first->left != nullptr; first = first->left) links.push_back(first);
  size_t levels = links.size() + 1;
  if (!b.enter(levels, b.span(*first))) return b.error_expr(b.span(context));
  const ast::Expr* made = nullptr;
  if (!links.empty() && names_imported_type(*links.back())) {
    made = imported_record(b, *links.back());
    links.pop_back();
  } else {
    made = operand(b, *first);
  }
  for (size_t i = links.size(); i > 0; --i) {
    FlowParser::ExprContext& link = *links[i - 1];
    made = link.post != nullptr ? postfix(b, made, link) : binary(b, made, link);
  }
  b.leave(levels);
  return made;
}

}  // namespace pflow::parse
