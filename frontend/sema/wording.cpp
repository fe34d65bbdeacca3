#include "frontend/sema/wording.h"

namespace pflow::sema {

std::string a_type(const Context& ctx, ir::TypeId type) {
  std::string text = ctx.type_text(type);
  bool vowel =
      text != "url" && std::string_view("aeiouAEIOU").find(text.front()) != std::string_view::npos;
  return fmt::format("{} `{}`", vowel ? "an" : "a", text);
}

std::string count_text(size_t count, std::string_view noun) {
  if (count == 0) return fmt::format("no {}s", noun);
  if (count == 1) return fmt::format("one {}", noun);
  return fmt::format("{} {}s", count, noun);
}

void note_outputs(DiagnosticBuilder& report, const std::vector<std::string_view>& outputs) {
  std::string list;
  for (std::string_view output : outputs)
    list += fmt::format("{}`{}`", list.empty() ? "" : ", ", output);
  if (!list.empty()) report.note(fmt::format("its outputs: {}", list));
}

Edit break_chain(const Context& ctx, const ast::Stage& left, const ast::Stage& right) {
  Span gap{left.span.file, left.span.end, right.span.begin};
  uint32_t line = ctx.sources.line_column(left.span.file, left.span.begin).line;
  std::string_view text = ctx.sources.line(left.span.file, line);
  size_t indent = std::min(text.find_first_not_of(" \t"), text.size());
  return {gap, fmt::format("\n{}", text.substr(0, indent))};
}

}  // namespace pflow::sema
