#include "frontend/sema/templates/cmd_template.h"

#include <algorithm>

#include "frontend/sema/exprs/expressions.h"
#include "frontend/sema/templates/shell_scan.h"
#include "frontend/sema/types/conversions.h"

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

namespace {

struct ContextWording {
  std::string where;
  std::string_view advice;
};

std::string_view advice(RunsText run_by) {
  switch (run_by) {
    case RunsText::Nobody: break;
    case RunsText::Shell:
    case RunsText::Evaluator:
      return "write the command itself here; a value can then not become a command";
    case RunsText::OtherMachine:
      return "a shell there would run the value: hand it over by `stdin:`, and read it there";
    case RunsText::Interpreter:
      return "write the program itself here, and give it the value as an argument behind, or by "
             "`stdin:`";
  }
  return {};
}

ContextWording wording(const HoleSite& site) {
  constexpr std::string_view kQuotes =
      "leave the quotes out: the value is one word as it is, whatever it holds";
  switch (site.context) {
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
    case ShellContext::RunText: {
      bool shell = site.run_by == RunsText::Shell;
      std::string who(program_name(site.runner));
      return {"the arguments of `" + who + (shell ? " -c`" : "`"), advice(site.run_by)};
    }
  }
  return {};
}

/// Whether no value of the type means anything to a shell or an interpreter.
bool is_harmless(const ir::TypeTable& types, TypeId type) {
  const ir::Type& of = types.get(type);
  if (of.kind == TypeKind::Int || of.kind == TypeKind::Float || of.kind == TypeKind::Bool ||
      of.kind == TypeKind::Duration)
    return true;
  if (of.kind != TypeKind::Union) return false;
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:@%+,-";
  return std::ranges::all_of(of.literals, [&](const std::string& text) {
    return !text.empty() && text.find_first_not_of(kPlain) == std::string::npos;
  });
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

void report_hole(Context& ctx, const ast::TemplatePart& part, const HoleSite& site) {
  ContextWording words = wording(site);
  ctx.diagnostics.report(diag::hole_in_shell, part.span, words.where)
      .label("not safe here")
      .help(std::string(words.advice));
}

/// Checks the holes of one command.
class CmdChecker {
 public:
  CmdChecker(Env& env, const ast::TemplateExpr& expr) : env_(env), expr_(expr) {}

  std::vector<CmdHole> run() {
    for (size_t i = 0; i < expr_.parts.size(); ++i) {
      if (expr_.parts[i].value == nullptr)
        scanner_.text(expr_.parts[i].text);
      else
        check_hole(i);
    }
    check_end();
    if (lists_ == 1 && list_in_reach_ && scanner_.keeps_parameters())
      holes_[list_].is_parameters = true;
    return std::move(holes_);
  }

 private:
  void check_hole(size_t at) {
    HoleSite site = scanner_.hole();
    holes_.push_back({site.begins_word, site.after_dashes});
    parts_.push_back(at);
    const ast::TemplatePart& part = expr_.parts[at];
    check_expr(env_, *part.value);
    TypeId type = type_of(env_, *part.value);
    bool runs = site.context == ShellContext::RunText && !is_harmless(env_.ctx.types, type);
    if (runs || (site.context != ShellContext::RunText && site.context != ShellContext::Command)) {
      failed_ = true;
      return report_hole(env_.ctx, part, site);
    }
    check_hole_type(env_, expr_, at, site);
    if (!env_.ctx.types.is(type, TypeKind::List)) return;
    ++lists_;
    list_ = holes_.size() - 1;
    list_in_reach_ = !site.in_function;
  }

  void check_end() {
    if (scanner_.unclosed() != ShellContext::Command) {
      HoleSite open;
      open.context = scanner_.unclosed();
      if (!failed_)
        env_.ctx.diagnostics.report(diag::shell_unclosed, expr_.span, wording(open).where)
            .label("the shell would not run it");
      return;
    }
    scanner_.finish();
    if (scanner_.shifts_nothing())
      env_.ctx.diagnostics.report(diag::shift_of_nothing, expr_.span)
          .label("the shell would end at the `shift`")
          .help(
              "a value stands where it is written, as `${name}`; `set -- …` gives the command "
              "parameters of its own");
    for (size_t hole : scanner_.printed_into_shell()) {
      const ast::TemplatePart& part = expr_.parts[parts_[hole]];
      if (is_harmless(env_.ctx.types, type_of(env_, *part.value))) continue;
      env_.ctx.diagnostics.report(diag::hole_in_shell, part.span, "what a shell reads")
          .label("not safe here")
          .help(std::string(advice(RunsText::Shell)));
    }
  }

  Env& env_;
  const ast::TemplateExpr& expr_;
  ShellScanner scanner_;
  std::vector<CmdHole> holes_;
  std::vector<size_t> parts_;  ///< of each hole
  bool failed_ = false;
  size_t lists_ = 0;
  size_t list_ = 0;  ///< the last of them
  bool list_in_reach_ = false;
};

}  // namespace

TypeId check_cmd_template(Env& env, const ast::TemplateExpr& expr) {
  env.ctx.program.cmd_holes[expr.id] = CmdChecker(env, expr).run();
  return env.ctx.types.cmd;
}

}  // namespace pflow::sema
