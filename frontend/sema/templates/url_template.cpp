#include "frontend/sema/templates/url_template.h"

#include <algorithm>

#include "frontend/sema/exprs/expressions.h"
#include "frontend/sema/types/conversions.h"

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

namespace {

/// Where in the address the text has come.
enum class UrlPart : uint8_t { Scheme, Host, AfterBase, Path, Query, Fragment };

/// Walks the pieces of one address.
class UrlChecker {
 public:
  UrlChecker(Env& env, const ast::TemplateExpr& expr) : env_(env), ctx_(env.ctx), expr_(expr) {}

  void check();
  std::vector<UrlHole> holes;

 private:
  void text(const ast::TemplatePart& part);
  void scheme(std::string_view& text, Span span);
  void hole(const ast::TemplatePart& part, bool first);
  void malformed(Span span, std::string_view what, std::string_view help);
  void advance(std::string_view text);

  Env& env_;
  Context& ctx_;
  const ast::TemplateExpr& expr_;
  UrlPart part_ = UrlPart::Scheme;
  bool failed_ = false;
};

void UrlChecker::malformed(Span span, std::string_view what, std::string_view help) {
  if (std::exchange(failed_, true)) return;
  auto report = ctx_.diagnostics.report(diag::malformed_url, span, what);
  report.label("not an address");
  if (!help.empty()) report.help(std::string(help));
}

/// The literal text begins with its scheme and a host.
void UrlChecker::scheme(std::string_view& text, Span span) {
  for (std::string_view scheme : {"https://", "http://"}) {
    if (!text.starts_with(scheme)) continue;
    text.remove_prefix(scheme.size());
    part_ = UrlPart::Host;
    bool empty =
        text.empty() ? expr_.is_literal() : std::string_view("/?#").find(text[0]) != text.npos;
    if (empty) malformed(span, "has no host", "");
    return;
  }
  malformed(span, "does not begin with `http://` or `https://`",
            "write the whole address, or begin with an interpolated base: `\"${base}/path\"`");
  part_ = UrlPart::Path;
}

void UrlChecker::advance(std::string_view text) {
  for (char c : text) {
    bool opens_path = part_ == UrlPart::Host || part_ == UrlPart::AfterBase;
    if (c == '/' && opens_path) part_ = UrlPart::Path;
    if (c == '?' && part_ != UrlPart::Fragment) part_ = UrlPart::Query;
    if (c == '#') part_ = UrlPart::Fragment;
  }
}

void UrlChecker::text(const ast::TemplatePart& part) {
  std::string_view text = part.text;
  bool blank = std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == 0x7f;
  });
  if (blank)
    malformed(part.span, "holds white space", "write a blank as `%20`, or interpolate the text");
  if (part_ == UrlPart::Scheme) scheme(text, part.span);
  bool joined = part_ == UrlPart::AfterBase && !text.empty() &&
                std::string_view("/?#").find(text[0]) == text.npos;
  if (joined)
    malformed(part.span, "goes on with its host after the base",
              "begin the text after the base with `/`, `?` or `#`");
  advance(text);
}

void UrlChecker::hole(const ast::TemplatePart& part, bool first) {
  TypeId type = check_expr(env_, *part.value);
  if (holds_secret(ctx_.types, type)) {
    ctx_.diagnostics.report(diag::secret_shown, part.value->span)
        .label("a `secret`")
        .note("addresses are shown in errors and traces; headers are not");
    return;
  }
  if (!check_displayable(env_, *part.value)) return;
  if (first) {
    part_ = UrlPart::AfterBase;
    holes.push_back(UrlHole::Base);
    coerce(env_, *part.value, ctx_.types.str, {part.span, "the base of an address is a text"});
    return;
  }
  if (part_ == UrlPart::Scheme || part_ == UrlPart::Host || part_ == UrlPart::AfterBase) {
    if (std::exchange(failed_, true)) return;
    ctx_.diagnostics
        .report(diag::hole_in_url, part.span,
                part_ == UrlPart::AfterBase ? "right after the base" : "in the host")
        .label("not safe here")
        .note("a value there could send the request to somebody else")
        .help("begin the address with the whole base: `\"${base}/path\"`");
    return;
  }
  holes.push_back(part_ == UrlPart::Path    ? UrlHole::Path
                  : part_ == UrlPart::Query ? UrlHole::Query
                                            : UrlHole::Fragment);
}

void UrlChecker::check() {
  if (expr_.parts.empty()) malformed(expr_.span, "is empty", "");
  for (size_t i = 0; i < expr_.parts.size(); ++i) {
    if (expr_.parts[i].value != nullptr)
      hole(expr_.parts[i], i == 0);
    else
      text(expr_.parts[i]);
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
