// String literals and templates: `str`, `secret`, `path`, literal unions.
// Commands, addresses and queries have files of their own.
#include <algorithm>

#include "frontend/sema/exprs/expr_forms.h"
#include "frontend/sema/exprs/expressions.h"
#include "frontend/sema/nearest.h"
#include "frontend/sema/templates/cmd_template.h"
#include "frontend/sema/templates/sql_template.h"
#include "frontend/sema/templates/url_template.h"
#include "frontend/sema/types/conversions.h"

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

namespace {

std::string quoted_list(const std::vector<std::string>& literals) {
  std::string text;
  constexpr size_t kShown = 4;
  for (size_t i = 0; i < literals.size() && i < kShown; ++i)
    text += fmt::format("{}`\"{}\"`", text.empty() ? "" : ", ", literals[i]);
  if (literals.size() > kShown) text += fmt::format(" and {} more", literals.size() - kShown);
  return text;
}

TypeId check_member(Env& env, const ast::TemplateExpr& expr, TypeId wanted, bool lenient) {
  Context& ctx = env.ctx;
  const std::vector<std::string>& literals = ctx.types.get(wanted).literals;
  std::string literal(expr.literal());
  if (std::binary_search(literals.begin(), literals.end(), literal))
    return ctx.types.literal_union({literal});
  if (lenient) return ctx.types.str;
  auto report =
      ctx.diagnostics.report(diag::literal_not_in_union, expr.span, literal, quoted_list(literals));
  report.label(fmt::format("expected `{}`", ctx.type_text(wanted)));
  std::string_view nearest =
      nearest_name(literal, std::vector<std::string_view>(literals.begin(), literals.end()));
  if (!nearest.empty())
    report.help(fmt::format("a member with a similar text exists: `\"{}\"`", nearest),
                Edit{expr.span, fmt::format("\"{}\"", nearest)});
  return ctx.types.error;
}

/// Checks every hole; whether one of them holds a secret.
bool check_holes(Env& env, const ast::TemplateExpr& expr) {
  bool secret = false;
  for (const ast::TemplatePart& part : expr.parts) {
    if (part.value == nullptr) continue;
    TypeId type = check_expr(env, *part.value);
    check_displayable(env, *part.value);
    secret = secret || holds_secret(env.ctx.types, type);
  }
  return secret;
}

}  // namespace

TypeId check_template(Env& env, const ast::TemplateExpr& expr, Expect expect) {
  ir::TypeTable& types = env.ctx.types;
  TypeId wanted = expect.type.valid() ? unwrapped(types, expect.type) : types.str;
  if (types.is(wanted, TypeKind::Cmd)) return check_cmd_template(env, expr);
  if (types.is(wanted, TypeKind::Url)) return check_url_template(env, expr);
  if (types.is(wanted, TypeKind::Sql)) return check_sql_template(env, expr);
  if (expr.is_literal()) {
    if (types.is(wanted, TypeKind::Union)) return check_member(env, expr, wanted, expect.lenient);
    if (expect.literal) return types.literal_union({std::string(expr.literal())});
  }
  bool secret = check_holes(env, expr);
  if (secret) return types.secret;
  return types.is(wanted, TypeKind::Path) ? types.path : types.str;
}

}  // namespace pflow::sema
