#include "frontend/sema/name_case.h"

namespace pflow::sema {

namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

}  // namespace

void check_case(Context& ctx, const ast::Name& name, bool upper, std::string_view what) {
  if (!name.symbol.valid()) return;
  std::string_view text = ctx.text(name.symbol);
  if (text.empty() || is_upper(text.front()) == upper) return;
  std::string fixed(text);
  fixed.front() = static_cast<char>(upper && text.front() != '_' ? text.front() - 'a' + 'A'
                                                                 : text.front() - 'A' + 'a');
  auto report = ctx.diagnostics.report(diag::name_case, name.span, what, text,
                                       upper ? "a lower-case letter" : "an upper-case letter");
  report.label(upper ? "begin it in upper case" : "begin it in lower case");
  if (text.front() != '_') report.help("write it as", {name.span, fixed});
}

}  // namespace pflow::sema
