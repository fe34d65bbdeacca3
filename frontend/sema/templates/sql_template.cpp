#include "frontend/sema/templates/sql_template.h"

#include <algorithm>

#include "frontend/sema/exprs/expressions.h"
#include "frontend/sema/types/conversions.h"

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

namespace {

std::string_view name(SqlContext context) {
  switch (context) {
    case SqlContext::Plain: break;
    case SqlContext::Text: return "a quoted text";
    case SqlContext::Identifier: return "a quoted name";
    case SqlContext::LineComment:
    case SqlContext::BlockComment: return "a comment";
  }
  return "the query";
}

std::string_view advice(SqlContext context) {
  switch (context) {
    case SqlContext::Text:
      return "leave the quotes out: the value is a parameter. For a part of a text write "
             "`'%' || ${value} || '%'`";
    case SqlContext::Identifier:
      return "names of tables and columns are part of the query: write them, or choose between "
             "queries with `match`";
    case SqlContext::Plain:
    case SqlContext::LineComment:
    case SqlContext::BlockComment: return "leave the comment out of the query";
  }
}

/// What a parameter of a query may be: a plain value, or none for NULL.
bool can_bind(const ir::TypeTable& types, TypeId type) {
  static constexpr TypeKind kBindable[] = {TypeKind::Str,   TypeKind::Union, TypeKind::Path,
                                           TypeKind::Int,   TypeKind::Float, TypeKind::Bool,
                                           TypeKind::Bytes, TypeKind::Json,  TypeKind::Error};
  return std::ranges::find(kBindable, types.kind(unwrapped(types, type))) != std::end(kBindable);
}

void check_parameter(Env& env, const ast::Expr& value) {
  Context& ctx = env.ctx;
  TypeId type = check_expr(env, value);
  if (can_bind(ctx.types, type)) return;
  if (holds_secret(ctx.types, type)) {
    ctx.diagnostics.report(diag::secret_shown, value.span)
        .label("a `secret`")
        .note("a database keeps what a query is given");
    return;
  }
  auto report = ctx.diagnostics.report(diag::not_interpolated, value.span, ctx.type_text(type));
  report.label("no parameter of a query");
  if (value.kind == ast::ExprKind::None) {
    Span hole{value.span.file, value.span.begin - 2, value.span.end + 1};
    std::string_view written = ctx.sources.text(hole);
    if (written.starts_with("${") && written.ends_with("}"))
      report.help("write `null`; a key that is `none` is NULL there", Edit{hole, "null"}).certain();
    return;
  }
  if (is_jsonable(ctx.types, type)) report.help("pass it as JSON: `to_json(…)`");
}

}  // namespace

void SqlScanner::plain(char c, char next) {
  switch (c) {
    case '\'':
      context_ = SqlContext::Text;
      closer_ = c;
      return;
    case '"':
    case '`':
      context_ = SqlContext::Identifier;
      closer_ = c;
      return;
    case '[':
      context_ = SqlContext::Identifier;
      closer_ = ']';
      return;
    case '-':
      if (next == '-') context_ = SqlContext::LineComment;
      return;
    case '/':
      if (next == '*') context_ = SqlContext::BlockComment;
      skip_ = next == '*';
      return;
    default: return;
  }
}

// A doubled quote inside closes and opens again: the same in the end.
void SqlScanner::text(std::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    if (std::exchange(skip_, false)) continue;
    char next = i + 1 < text.size() ? text[i + 1] : '\0';
    switch (context_) {
      case SqlContext::Plain: plain(text[i], next); break;
      case SqlContext::Text:
      case SqlContext::Identifier:
        if (text[i] == closer_) context_ = SqlContext::Plain;
        break;
      case SqlContext::LineComment:
        if (text[i] == '\n') context_ = SqlContext::Plain;
        break;
      case SqlContext::BlockComment:
        if (text[i] == '*' && next == '/') {
          context_ = SqlContext::Plain;
          skip_ = true;
        }
        break;
    }
  }
}

TypeId check_sql_template(Env& env, const ast::TemplateExpr& expr) {
  Context& ctx = env.ctx;
  SqlScanner scanner;
  bool failed = false;
  for (const ast::TemplatePart& part : expr.parts) {
    if (part.value == nullptr) {
      scanner.text(part.text);
      continue;
    }
    check_parameter(env, *part.value);
    if (scanner.context() == SqlContext::Plain) continue;
    failed = true;
    ctx.diagnostics.report(diag::hole_in_sql, part.span, name(scanner.context()))
        .label("no parameter here")
        .help(std::string(advice(scanner.context())));
  }
  bool open =
      scanner.context() != SqlContext::Plain && scanner.context() != SqlContext::LineComment;
  if (open && !failed)
    ctx.diagnostics.report(diag::sql_unclosed, expr.span, name(scanner.context()))
        .label("the database would not run it");
  return ctx.types.sql;
}

}  // namespace pflow::sema
