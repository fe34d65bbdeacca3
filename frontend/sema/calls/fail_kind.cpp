#include "frontend/sema/calls/fail_kind.h"

#include "frontend/sema/exprs/expressions.h"
#include "frontend/sema/nearest.h"
#include "ir/error_kinds.h"

namespace pflow::sema {

namespace {

/// What nobody can handle, nobody can raise.
bool is_raised_by_flows(const ir::ErrorKind& kind) {
  return kind.word != "cancelled" && kind.word != "internal";
}

}  // namespace

void check_fail_kind(Env& env, const ast::Expr& kind) {
  Context& ctx = env.ctx;
  check_as(env, kind, ctx.types.str);
  if (kind.kind == ast::ExprKind::Error) return;
  const auto* text =
      kind.kind == ast::ExprKind::Template ? &ast::as<ast::TemplateExpr>(kind) : nullptr;
  const bool literal = text != nullptr && text->is_literal();
  const ir::ErrorKind* known = literal ? ir::find_error_kind(text->literal()) : nullptr;
  if (known != nullptr && is_raised_by_flows(*known)) return;
  auto report = ctx.diagnostics.report(diag::fail_kind, kind.span,
                                       fmt::format("`{}`", ctx.sources.text(kind.span)));
  if (!literal) {
    report.label("a kind is a literal");
    return;
  }
  report.label(known != nullptr ? "no flow can handle it" : "no kind of error");
  std::vector<std::string_view> words;
  for (const ir::ErrorKind& each : ir::kErrorKinds)
    if (is_raised_by_flows(each)) words.push_back(each.word);
  report.note(fmt::format("the kinds are {}", fmt::join(words, ", ")));
  if (std::string_view nearest = nearest_name(text->literal(), words); !nearest.empty())
    report.help(fmt::format("a kind with a similar name exists: `{}`", nearest),
                Edit{kind.span, fmt::format("\"{}\"", nearest)});
}

}  // namespace pflow::sema
