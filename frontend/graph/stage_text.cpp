#include "frontend/graph/stage_text.h"

#include <fmt/format.h>

namespace pflow::graph {

std::string box_title(const ProgramView& view, const ast::Stage& stage) {
  if (stage.kind == ast::StageKind::Each)
    return fmt::format("each {}", view.text(stage.each->item.symbol));
  if (stage.kind == ast::StageKind::Par) return "par";
  if (stage.kind == ast::StageKind::Block) return "block";
  std::string title = "repeat";
  const ast::RepeatForm& form = *stage.repeat;
  if (form.item.symbol.valid()) title += fmt::format(" {}", view.text(form.item.symbol));
  if (form.list != nullptr) title += fmt::format(" in {}", view.short_text(form.list->span));
  if (form.until != nullptr) title += fmt::format(" until {}", view.short_text(form.until->span));
  return title;
}

std::string arguments_text(const ProgramView& view, const ast::CallExpr& call) {
  std::string text;
  // `x.f(y)` is `f` with `x` before its arguments.
  if (call.callee->kind == ast::ExprKind::Field)
    text = view.short_text(ast::as<ast::FieldExpr>(*call.callee).base->span);
  if (call.arguments.empty()) return text;
  const Span written = join(call.arguments.front().span, call.arguments.back().span);
  return (text.empty() ? "" : text + ", ") + view.short_text(written);
}

std::vector<std::string> policy_texts(const ProgramView& view, const ast::Stage& stage) {
  std::vector<std::string> texts;
  for (const ast::PolicyEntry& policy : stage.policies)
    texts.push_back(
        fmt::format("{}: {}", view.text(policy.name.symbol), view.short_text(policy.value->span)));
  return texts;
}

std::vector<std::string> key_texts(const ProgramView& view, const ast::Stage& stage) {
  std::vector<std::string> texts;
  for (const ast::Binding& binding : stage.bindings) {
    std::string_view key = view.text(binding.key.symbol);
    texts.push_back(stage.binds_ports && binding.port.symbol.valid()
                        ? fmt::format("{}: {}", view.text(binding.port.symbol), key)
                        : std::string(key));
  }
  return texts;
}

std::string pattern_text(const ProgramView& view, std::span<const ast::Pattern> patterns) {
  return view.short_text(join(patterns.front().span, patterns.back().span));
}

std::vector<std::string> port_texts(const std::vector<query::PortDoc>& ports) {
  std::vector<std::string> texts;
  for (const query::PortDoc& port : ports) {
    std::string text = port.name;
    if (!port.type.empty()) text += (text.empty() ? "" : ": ") + port.type;
    if (!port.fallback.empty()) text += " = " + port.fallback;
    texts.push_back(std::move(text));
  }
  return texts;
}

}  // namespace pflow::graph
