#include "frontend/sema/templates/cmd_template.h"

#include "frontend/sema/exprs/expressions.h"
#include "frontend/sema/templates/shell_scan.h"
#include "frontend/sema/types/conversions.h"

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

namespace {

struct ContextWording {
  std::string_view where;
  std::string_view advice;
};

ContextWording wording(ShellContext context) {
  constexpr std::string_view kQuotes =
      "leave the quotes out: the value is one word as it is, whatever it holds";
  constexpr std::string_view kEvaluated =
      "write the command itself here; a value can then not become a command";
  switch (context) {
    case ShellContext::Command: return {};
    case ShellContext::SingleQuotes: return {"single quotes", kQuotes};
    case ShellContext::DoubleQuotes: return {"double quotes", kQuotes};
    case ShellContext::Backquotes: return {"backquotes", "write `$(…)` instead of the backquotes"};
    case ShellContext::Arithmetic:
      return {"shell arithmetic", "compute the number in the flow and interpolate the result"};
    case ShellContext::Parameter:
      return {"a parameter of the shell", "choose the value in the flow, with `if` or `??`"};
    case ShellContext::Comment: return {"a comment", "leave the comment out of the command"};
    case ShellContext::HereDocument:
      return {"a here-document", "pass the text by `stdin`: `text >> shell(\"…\")`"};
    case ShellContext::Escape: return {"an escape", "leave the backslash before it out"};
    case ShellContext::Dollar: return {"a `$` expression", "leave the `$` before it out"};
    case ShellContext::Eval: return {"the arguments of `eval`", kEvaluated};
    case ShellContext::ShellC: return {"the arguments of `sh -c`", kEvaluated};
  }
  return {};
}

/// Whether text of a command goes on with the same word.
bool continues_word(const ast::TemplateExpr& expr, size_t hole) {
  if (hole + 1 == expr.parts.size()) return false;
  const ast::TemplatePart& next = expr.parts[hole + 1];
  constexpr std::string_view kEnds = " \t\n;|&<>()";
  return next.value != nullptr ||
         (!next.text.empty() && kEnds.find(next.text.front()) == std::string_view::npos);
}

bool is_text_element(const ir::TypeTable& types, TypeId type) {
  return types.is(type, TypeKind::Str) || types.is(type, TypeKind::Union) ||
         types.is(type, TypeKind::Path);
}

void check_hole_type(Env& env, const ast::TemplateExpr& expr, size_t at, const HoleSite& site) {
  Context& ctx = env.ctx;
  const ast::Expr& value = *expr.parts[at].value;
  TypeId type = type_of(env, value);
  if (!check_displayable(env, value)) return;
  if (holds_secret(ctx.types, type)) {
    ctx.diagnostics.report(diag::secret_shown, value.span)
        .label("a `secret`")
        .note("other processes see the words of a command");
    return;
  }
  if (!ctx.types.is(type, TypeKind::List)) return;
  if (!is_text_element(ctx.types, ctx.types.get(type).element)) {
    ctx.diagnostics.report(diag::not_interpolated, value.span, ctx.type_text(type))
        .label("expected `[str]` in a command")
        .help("convert the items with `.map(x => str(x))`");
    return;
  }
  if (site.begins_word && !continues_word(expr, at)) return;
  ctx.diagnostics.report(diag::list_hole_word, expr.parts[at].span)
      .label("stands inside a word")
      .note("each item becomes a word, so blanks must stand around the list");
}

}  // namespace

TypeId check_cmd_template(Env& env, const ast::TemplateExpr& expr) {
  Context& ctx = env.ctx;
  ShellScanner scanner;
  std::vector<CmdHole> holes;
  bool failed = false;
  for (size_t i = 0; i < expr.parts.size(); ++i) {
    const ast::TemplatePart& part = expr.parts[i];
    if (part.value == nullptr) {
      scanner.text(part.text);
      continue;
    }
    HoleSite site = scanner.hole();
    holes.push_back({site.begins_word, site.after_dashes});
    check_expr(env, *part.value);
    if (site.context == ShellContext::Command) {
      check_hole_type(env, expr, i, site);
      continue;
    }
    failed = true;
    ContextWording words = wording(site.context);
    ctx.diagnostics.report(diag::hole_in_shell, part.span, words.where)
        .label("not safe here")
        .help(std::string(words.advice));
  }
  if (scanner.unclosed() != ShellContext::Command && !failed)
    ctx.diagnostics.report(diag::shell_unclosed, expr.span, wording(scanner.unclosed()).where)
        .label("the shell would not run it");
  ctx.program.cmd_holes[expr.id] = std::move(holes);
  return ctx.types.cmd;
}

}  // namespace pflow::sema
