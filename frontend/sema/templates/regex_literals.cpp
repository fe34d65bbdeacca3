#include "frontend/sema/templates/regex_literals.h"

#include <re2/re2.h>

namespace pflow::sema {

void check_regex(Context& ctx, const ast::Expr& value) {
  if (value.kind != ast::ExprKind::Template) return;
  const auto& text = ast::as<ast::TemplateExpr>(value);
  if (!text.is_literal()) return;
  re2::RE2::Options quiet;
  quiet.set_log_errors(false);
  std::string_view literal = text.literal();
  re2::RE2 pattern(re2::StringPiece(literal.data(), literal.size()), quiet);
  if (pattern.ok()) return;
  ctx.diagnostics.report(diag::malformed_regex, value.span, pattern.error())
      .label("not a regular expression")
      .note("the syntax is RE2's: linear time, so no backreferences and no look-around");
}

}  // namespace pflow::sema
