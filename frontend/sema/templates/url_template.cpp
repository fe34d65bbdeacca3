#include "frontend/sema/templates/url_template.h"

#include "frontend/sema/exprs/expressions.h"
#include "frontend/sema/templates/url_scan.h"
#include "frontend/sema/types/conversions.h"

namespace pflow::sema {

using ir::TypeId;

namespace {

/// Walks the pieces of one address.
class UrlChecker {
 public:
  UrlChecker(Env& env, const ast::TemplateExpr& expr) : env_(env), ctx_(env.ctx), expr_(expr) {}

  void check();
  std::vector<UrlHole> holes;

 private:
  void hole(const ast::TemplatePart& part);
  void malformed(Span span, const UrlScanner::Problem& problem);
  void in_host(Span span);

  Env& env_;
  Context& ctx_;
  const ast::TemplateExpr& expr_;
  UrlScanner scanner_;
  bool failed_ = false;
};

void UrlChecker::malformed(Span span, const UrlScanner::Problem& problem) {
  if (std::exchange(failed_, true)) return;
  auto report = ctx_.diagnostics.report(diag::malformed_url, span, problem.what);
  report.label("not an address");
  if (!problem.help.empty()) report.help(std::string(problem.help));
}

void UrlChecker::in_host(Span span) {
  if (std::exchange(failed_, true)) return;
  ctx_.diagnostics
      .report(diag::hole_in_url, span,
              scanner_.behind_base() ? "right after the base" : "in the host")
      .label("not safe here")
      .note("a value there could send the request to somebody else")
      .help("begin the address with the whole base: `\"${base}/path\"`");
}

void UrlChecker::hole(const ast::TemplatePart& part) {
  TypeId type = check_expr(env_, *part.value);
  if (holds_secret(ctx_.types, type)) {
    ctx_.diagnostics.report(diag::secret_shown, part.value->span)
        .label("a `secret`")
        .note("addresses are shown in errors and traces; headers are not");
    return;
  }
  if (!check_displayable(env_, *part.value)) return;
  std::optional<UrlHole> found = scanner_.hole();
  if (!found) return in_host(part.span);
  holes.push_back(*found);
  if (*found == UrlHole::Base)
    coerce(env_, *part.value, ctx_.types.str, {part.span, "the base of an address is a text"});
}

void UrlChecker::check() {
  if (expr_.parts.empty()) malformed(expr_.span, {"is empty", ""});
  for (const ast::TemplatePart& part : expr_.parts) {
    if (part.value != nullptr)
      hole(part);
    else if (auto problem = scanner_.text(part.text, expr_.is_literal()))
      malformed(part.span, *problem);
  }
}

}  // namespace

TypeId check_url_template(Env& env, const ast::TemplateExpr& expr) {
  UrlChecker checker(env, expr);
  checker.check();
  env.ctx.program.url_holes[expr.id] = std::move(checker.holes);
  return env.ctx.types.url;
}

}  // namespace pflow::sema
