#include "frontend/parse/build.h"

namespace pflow::parse {

namespace {

using Tok = FlowParser;
using ast::BinaryOp;
using ast::ExprKind;

/// Operators in a row: later phases walk the tree by recursion.
constexpr size_t kMaxOperators = 1000;

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

}  // namespace

const ast::Expr* Builder::expr(FlowParser::ExprContext& context) {
  std::vector<FlowParser::ExprContext*> links;
  FlowParser::ExprContext* first = &context;
  for (; first->left != nullptr; first = first->left) links.push_back(first);
  size_t levels = links.size() + 1;
  if (!enter(levels, span(*first))) return error_expr(span(context));
  const ast::Expr* made = nullptr;
  if (!links.empty() && names_imported_type(*links.back())) {
    made = imported_record(*links.back());
    links.pop_back();
  } else {
    made = operand(*first);
  }
  for (size_t i = links.size(); i > 0; --i) {
    FlowParser::ExprContext& link = *links[i - 1];
    made = link.post != nullptr ? postfix(made, link) : binary(made, link);
  }
  leave(levels);
  return made;
}

bool Builder::enter(size_t levels, Span begin) {
  if (height_ + levels <= kMaxOperators) {
    height_ += levels;
    return true;
  }
  reports_->report(diag::expression_too_long, begin, kMaxOperators)
      .label("begins here")
      .help("give a part of it a name with `let`");
  return false;
}

const ast::Expr* Builder::operand(FlowParser::ExprContext& context) {
  if (context.fn != nullptr) return lambda(context);
  if (context.atom != nullptr) return primary(*context.atom);
  return unary(context);
}

const ast::Expr* Builder::unary(FlowParser::ExprContext& context) {
  bool negate = type_of(*context.op) == Tok::MINUS;
  FlowParser::PrimaryContext* atom = context.right->atom;
  // The smallest int has no positive counterpart, so its sign belongs to the literal.
  if (negate && atom != nullptr && atom->literal != nullptr &&
      text(span(*atom->literal)) == "9223372036854775808")
    return int_literal(span(context), true);
  const ast::Expr* inner = expr(*context.right);
  return make<ast::UnaryExpr>(ExprKind::Unary, span(context),
                              negate ? ast::UnaryOp::Negate : ast::UnaryOp::Not, inner);
}

const ast::Expr* Builder::binary(const ast::Expr* left, FlowParser::ExprContext& context) {
  const ast::Expr* right = expr(*context.right);
  Span op = span(*context.op);
  TokenType type = type_of(*context.op);
  FlowParser::ExprContext& before = *context.left;
  if (is_comparison(type) && before.op != nullptr && before.left != nullptr &&
      is_comparison(type_of(*before.op))) {
    Span middle = span(*before.right);
    Span end{middle.file, middle.end, middle.end};
    reports_->report(diag::chained_comparison, op)
        .label("compares a comparison")
        .secondary(span(*before.op), "the first comparison")
        .help("compare twice", {end, fmt::format(" and {}", text(middle))});
    return error_expr(span(context));
  }
  return make<ast::BinaryExpr>(ExprKind::Binary, span(context), binary_op(type), left, right, op);
}

const ast::Expr* Builder::postfix(const ast::Expr* base, FlowParser::ExprContext& context) {
  FlowParser::PostfixContext& post = *context.post;
  if (post.typeName != nullptr) return imported_record(context);
  if (post.index != nullptr) return subscript(base, context);
  if (post.dot == nullptr) return call(base, context);
  return field(base, context);
}

/// `a.b`; the name `notes.f` where an import is called `notes`.
const ast::Expr* Builder::field(const ast::Expr* base, FlowParser::ExprContext& context) {
  FlowParser::PostfixContext& post = *context.post;
  const ast::Name field = name(*post.field->tok);
  const bool optional = type_of(*post.dot) == Tok::OPT_DOT;
  if (!optional && base->kind == ExprKind::Name) {
    Symbol import = ast::as<ast::NameExpr>(*base).name;
    if (import_names_.contains(import)) {
      std::string name = fmt::format("{}.{}", names_->text(import), names_->text(field.symbol));
      return make<ast::NameExpr>(ExprKind::Name, span(context), names_->intern(name));
    }
  }
  return make<ast::FieldExpr>(ExprKind::Field, span(context), base, field, optional);
}

const ast::Expr* Builder::subscript(const ast::Expr* base, FlowParser::ExprContext& context) {
  FlowParser::SubscriptContext& index = *context.post->index;
  const ast::Expr* from = index.from != nullptr ? expr(*index.from) : nullptr;
  if (index.colon == nullptr)
    return make<ast::IndexExpr>(ExprKind::Index, span(context), base, from,
                                context.post->optional != nullptr);
  const ast::Expr* to = index.to != nullptr ? expr(*index.to) : nullptr;
  return make<ast::SliceExpr>(ExprKind::Slice, span(context), base, from, to);
}

const ast::Expr* Builder::call(const ast::Expr* callee, FlowParser::ExprContext& context) {
  std::vector<ast::Argument> arguments;
  bool named = false;
  for (auto* each : context.post->arguments) {
    arguments.push_back(argument(*each, named));
    named |= arguments.back().name.valid();
  }
  return make<ast::CallExpr>(ExprKind::Call, span(context), callee,
                             std::span<const ast::Argument>(arena_->copy(arguments)),
                             span(*context.post->close));
}

ast::Argument Builder::argument(FlowParser::ArgumentContext& context, bool after_named) {
  ast::Argument made;
  made.span = span(context);
  if (context.name != nullptr) {
    ast::Name found = any_name(*context.name);
    made.name = found.symbol;
    made.name_span = found.span;
  } else if (after_named) {
    reports_->report(diag::positional_after_named, made.span)
        .label("has no name")
        .help("put it before the named ones, or name it");
  }
  if (context.value->type != nullptr)
    made.type = type(*context.value->type);
  else
    made.type = type_of_expr(*context.value->value, false);
  if (made.type == nullptr) made.value = expr(*context.value->value);
  return made;
}

const ast::Expr* Builder::lambda(FlowParser::ExprContext& context) {
  std::vector<ast::Name> params;
  if (context.fn->param != nullptr) params.push_back(name(*context.fn->param));
  for (auto* each : context.fn->params) params.push_back(name(*each->name));
  auto kept = arena_->copy(params);
  const ast::Expr* body = expr(*context.right);
  return make<ast::LambdaExpr>(ExprKind::Lambda, span(context), std::span<const ast::Name>(kept),
                               body);
}

const ast::Expr* Builder::primary(FlowParser::PrimaryContext& context) {
  if (context.literal != nullptr) return literal(*context.literal);
  if (context.text != nullptr) return text_literal(*context.text);
  if (context.inner != nullptr) return expr(*context.inner);
  if (context.conditional != nullptr) return if_expr(*context.conditional);
  if (context.matching != nullptr) return match_expr(*context.matching);
  if (context.braces != nullptr) return braces(*context.braces);
  if (context.typeName != nullptr)
    return record(span(context), nullptr, *context.typeName, context.record);
  std::vector<const ast::Expr*> items;
  for (auto* item : context.items) items.push_back(expr(*item));
  return make<ast::ListExpr>(ExprKind::List, span(context),
                             std::span<const ast::Expr* const>(arena_->copy(items)));
}

/// Where no body is required, `{}` is the empty map.
const ast::Expr* Builder::braces(FlowParser::BlockContext& context) {
  if (braces_of(context) != Braces::Empty) return block_expr(context, BlockRole::Expression);
  return make<ast::MapExpr>(ExprKind::Map, span(context), nullptr,
                            std::span<const ast::MapEntry>());
}

const ast::Expr* Builder::record(Span span, const antlr4::Token* module,
                                 const antlr4::Token& type_name,
                                 FlowParser::RecordBodyContext* body) {
  ast::Name type = name(type_name);
  if (body == nullptr) {
    reports_->report(diag::type_as_value, type.span, Reports::shorten(text(type.span)))
        .label("the name of a type")
        .help(fmt::format("a record is written `{} {{ field: value }}`; keys and nodes begin with "
                          "a lower-case letter",
                          Reports::shorten(text(type.span))));
    return error_expr(span);
  }
  const ast::Expr* spread = nullptr;
  std::vector<ast::FieldInit> fields;
  for (auto* entry : body->entries) {
    if (entry->spread == nullptr) {
      fields.push_back(record_field(*entry));
    } else if (entry != body->entries[0]) {
      reports_->report(diag::misplaced_spread, this->span(*entry)).label("not the first entry");
    } else {
      spread = expr(*entry->value);
    }
  }
  Symbol from = module != nullptr ? name(*module).symbol : Symbol();
  return make<ast::RecordExpr>(ExprKind::Record, span, from, type, spread,
                               std::span<const ast::FieldInit>(arena_->copy(fields)));
}

/// `notes.Entry { … }`: what stands before the dot is the name of an import.
const ast::Expr* Builder::imported_record(FlowParser::ExprContext& context) {
  const antlr4::Token* module = lone_name(context.left);
  const antlr4::Token& type = *context.post->typeName;
  if (module != nullptr) return record(span(context), module, type, context.post->record);
  reports_->report(diag::type_as_value, span(type), Reports::shorten(text(span(type))))
      .label("the name of a type")
      .secondary(span(*context.left), "not the name of an import")
      .help(fmt::format("a key of a `json` or a map is read with `[\"{}\"]`",
                        Reports::shorten(text(span(type)))));
  return error_expr(span(context));
}

ast::FieldInit Builder::record_field(FlowParser::RecordEntryContext& context) {
  const ast::Expr* value = expr(*context.value);
  if (context.name != nullptr) return {any_name(*context.name), value};
  Span place = span(*context.text);
  std::string_view quoted = text(place);
  reports_->report(diag::unexpected_token, place, "the name of a field", "a string")
      .label("in quotes")
      .help("field names stand without quotes",
            {place, std::string(quoted.size() > 2 ? quoted.substr(1, quoted.size() - 2) : "name")});
  return {{names_->intern(quoted), place}, value};
}

}  // namespace pflow::parse
